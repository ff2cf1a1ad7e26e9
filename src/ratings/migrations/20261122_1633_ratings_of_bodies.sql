-- How the office above rated a branch or board in a year, and by which decision; what was corrected stays readable in the trail.
CREATE TABLE body_rating (
  body {int} NOT NULL REFERENCES body (id),
  year {int} NOT NULL,
  grade {int} NOT NULL,
  rated_by {int} NOT NULL REFERENCES body (id),
  decision_number {text} NOT NULL,
  decision_day {int},
  decision_issuer {text} NOT NULL,
  row_version {int} NOT NULL,
  PRIMARY KEY (body, year)
) {clustered};
