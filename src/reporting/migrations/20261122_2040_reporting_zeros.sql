-- Zeros written into all blank cells at once, remembered as one step so that it can be taken back as one.
CREATE TABLE entry_zeros (
  id {id} PRIMARY KEY,
  body {int} NOT NULL,
  first_day {int} NOT NULL,
  last_day {int} NOT NULL,
  by_user {int} NOT NULL,
  at_ms {int} NOT NULL,
  cells {int} NOT NULL,
  bodies {int} NOT NULL,
  undone_ms {int}
) {strict};
CREATE INDEX entry_zeros_by_body ON entry_zeros (body, last_day, at_ms);

CREATE TABLE entry_zero_cell (
  zeros {int} NOT NULL REFERENCES entry_zeros(id),
  body {int} NOT NULL,
  measure {text} NOT NULL,
  row_version {int} NOT NULL,
  PRIMARY KEY (zeros, body, measure)
) {clustered};
