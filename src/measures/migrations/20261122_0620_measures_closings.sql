-- Reports in force are frozen: the official lens reads these figures and nothing else.
CREATE TABLE closing (
  id {id} PRIMARY KEY,
  family {text} NOT NULL,
  first_day {int} NOT NULL,
  last_day {int} NOT NULL,
  body {int} NOT NULL,
  version {int} NOT NULL,
  in_force {int} NOT NULL,
  by_user {int} NOT NULL,
  at_ms {int} NOT NULL,
  UNIQUE (family, first_day, last_day, body, version)
) {strict};

CREATE TABLE closed_figure (
  closing {int} NOT NULL REFERENCES closing(id),
  series {int} NOT NULL,
  amount {int} NOT NULL,
  PRIMARY KEY (closing, series)
) {clustered};
