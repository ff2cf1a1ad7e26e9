-- The State's units in time. Every row says which act made it, so that an act can be taken back while nothing depends on it.
CREATE TABLE territory_state (
  id {id} PRIMARY KEY,
  version {int} NOT NULL
) {strict};
INSERT INTO territory_state (id, version) VALUES (1, 0);

CREATE TABLE restructure (
  id {id} PRIMARY KEY,
  day {int} NOT NULL,
  title {text} NOT NULL,
  legal_basis {text} NOT NULL,
  undone {int} NOT NULL
) {strict};

CREATE TABLE unit (
  id {id} PRIMARY KEY,
  level {int} NOT NULL,
  born {int} NOT NULL,
  opened_by {int} NOT NULL REFERENCES restructure(id),
  ended {int},
  ended_by {int} REFERENCES restructure(id),
  voided {int} NOT NULL
) {strict};

CREATE TABLE unit_version (
  unit {int} NOT NULL REFERENCES unit(id),
  from_day {int} NOT NULL,
  restructure {int} NOT NULL REFERENCES restructure(id),
  code {text},
  name {text},
  type {text},
  parent {int} REFERENCES unit(id),
  PRIMARY KEY (unit, from_day, restructure)
) {strict};

CREATE TABLE unit_succession (
  predecessor {int} NOT NULL REFERENCES unit(id),
  successor {int} NOT NULL REFERENCES unit(id),
  restructure {int} NOT NULL REFERENCES restructure(id),
  forgotten_by {int} REFERENCES restructure(id),
  PRIMARY KEY (predecessor, successor, restructure)
) {strict};

CREATE TABLE restructure_item (
  restructure {int} NOT NULL REFERENCES restructure(id),
  position {int} NOT NULL,
  kind {int} NOT NULL,
  unit {int} NOT NULL REFERENCES unit(id),
  other {int} REFERENCES unit(id),
  PRIMARY KEY (restructure, position)
) {strict};
