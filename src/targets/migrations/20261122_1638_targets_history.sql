-- Targets of the year over time: who changed which, when and from what, from which day on; and the decision that assigned them.
CREATE TABLE target_change (
  id {id} PRIMARY KEY,
  body {int} NOT NULL,
  measure {text} NOT NULL,
  year {int} NOT NULL,
  before_value {int},
  value {int},
  from_day {int} NOT NULL,
  user_id {int} NOT NULL,
  at_ms {int} NOT NULL
) {strict};
CREATE INDEX target_change_by_body ON target_change (body, year, at_ms);

CREATE TABLE target_sheet (
  body {int} NOT NULL,
  year {int} NOT NULL,
  row_version {int} NOT NULL,
  PRIMARY KEY (body, year)
) {clustered};

CREATE TABLE target_decision (
  body {int} NOT NULL,
  year {int} NOT NULL,
  number {text} NOT NULL,
  day {int} NOT NULL,
  row_version {int} NOT NULL,
  PRIMARY KEY (body, year)
) {clustered};
