-- What people confirm and answer while entering figures: a branch sends its figures by name and time, a commune says what its branches' figures mean to a total it stated, a filled workbook waits between its dry run and the writing.
CREATE TABLE branch_confirmation (
  body {int} NOT NULL,
  first_day {int} NOT NULL,
  last_day {int} NOT NULL,
  by_user {int} NOT NULL,
  by_name {text} NOT NULL,
  at_ms {int} NOT NULL,
  figures {int} NOT NULL,
  row_version {int} NOT NULL,
  PRIMARY KEY (body, first_day, last_day)
) {clustered};

CREATE TABLE entry_arrival (
  body {int} NOT NULL,
  first_day {int} NOT NULL,
  last_day {int} NOT NULL,
  arrival {int} NOT NULL,
  by_user {int} NOT NULL,
  at_ms {int} NOT NULL,
  PRIMARY KEY (body, first_day, last_day)
) {clustered};

CREATE TABLE entry_reason (
  body {int} NOT NULL,
  measure {text} NOT NULL,
  first_day {int} NOT NULL,
  last_day {int} NOT NULL,
  reason {text} NOT NULL,
  by_user {int} NOT NULL,
  at_ms {int} NOT NULL,
  PRIMARY KEY (body, first_day, last_day, measure)
) {clustered};

CREATE TABLE entry_upload (
  id {id} PRIMARY KEY,
  body {int} NOT NULL,
  first_day {int} NOT NULL,
  last_day {int} NOT NULL,
  content_digest {blob} NOT NULL,
  file_name {text} NOT NULL,
  by_user {int} NOT NULL,
  at_ms {int} NOT NULL,
  written_ms {int}
) {strict};
CREATE INDEX entry_upload_by_body ON entry_upload (body, at_ms);
