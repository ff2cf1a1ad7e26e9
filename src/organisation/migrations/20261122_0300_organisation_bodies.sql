-- Bodies keep their identity while their name, superior and area change by dated versions; who followed whom is many to many.
CREATE TABLE body (
  id {id} PRIMARY KEY,
  uid {blob} NOT NULL UNIQUE,
  kind {text} NOT NULL,
  born {int} NOT NULL,
  ended {int},
  former_area {int},
  voided {int} NOT NULL,
  row_version {int} NOT NULL,
  changed_at {int} NOT NULL
) {strict};
CREATE INDEX body_by_change ON body (changed_at);

CREATE TABLE body_version (
  body {int} NOT NULL REFERENCES body (id),
  from_day {int} NOT NULL,
  name {text} NOT NULL,
  short_name {text} NOT NULL,
  superior {int} REFERENCES body (id),
  area {int} NOT NULL,
  PRIMARY KEY (body, from_day)
) {clustered};
CREATE INDEX body_version_by_superior ON body_version (superior);

CREATE TABLE body_succession (
  predecessor {int} NOT NULL REFERENCES body (id),
  successor {int} NOT NULL REFERENCES body (id),
  PRIMARY KEY (predecessor, successor)
) {clustered};
CREATE INDEX body_succession_by_successor ON body_succession (successor);
