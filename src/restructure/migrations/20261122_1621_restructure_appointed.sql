-- Posts that a restructure gave in a successor to those whose posts it ended: taking the restructure back takes them back first.
CREATE TABLE body_restructure_appointed (
  restructure {int} NOT NULL REFERENCES body_restructure (id),
  holding {int} NOT NULL,
  former {int} NOT NULL,
  PRIMARY KEY (restructure, holding)
) {clustered};
