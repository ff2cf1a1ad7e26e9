-- Lists read from files: what was chosen and decided on the way (a draft can be left and taken up again), what was written row by row for undo and history, and which heading a body calls what.
CREATE TABLE import_batch (
  id {id} PRIMARY KEY,
  kind {text} NOT NULL,
  body {int} NOT NULL,
  by_user {int} NOT NULL,
  on_behalf_of {int},
  by_name {text} NOT NULL,
  state {int} NOT NULL,
  file_digest {blob} NOT NULL,
  file_name {text} NOT NULL,
  sheet {text} NOT NULL,
  heading_row {int} NOT NULL,
  matching {text} NOT NULL,
  options {text} NOT NULL,
  decisions {text} NOT NULL,
  matched {int} NOT NULL,
  choose {int} NOT NULL,
  shown_digest {text} NOT NULL,
  row_count {int} NOT NULL,
  added {int} NOT NULL,
  changed {int} NOT NULL,
  unchanged {int} NOT NULL,
  to_review {int} NOT NULL,
  refused {int} NOT NULL,
  at_ms {int} NOT NULL,
  written_ms {int},
  undone_ms {int},
  undone_by {int},
  summary {text} NOT NULL,
  rows_digest {blob},
  note {text} NOT NULL,
  job {int},
  row_version {int} NOT NULL
) {strict};
CREATE INDEX import_batch_by_body ON import_batch (body, at_ms);
CREATE INDEX import_batch_by_file ON import_batch (file_digest);

CREATE TABLE import_row (
  batch {int} NOT NULL,
  number {int} NOT NULL,
  verdict {int} NOT NULL,
  record {int} NOT NULL,
  before_sealed {blob},
  PRIMARY KEY (batch, number)
) {clustered};
CREATE INDEX import_row_by_record ON import_row (record);

CREATE TABLE import_matching (
  kind {text} NOT NULL,
  body {int} NOT NULL,
  headings {text} NOT NULL,
  PRIMARY KEY (kind, body)
) {clustered};
