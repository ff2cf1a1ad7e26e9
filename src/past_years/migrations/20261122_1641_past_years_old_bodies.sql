-- The associations of an earlier territory that were founded so that figures of that time have a place, and how they followed on: taken back as one.
CREATE TABLE past_founding (
  id {id} PRIMARY KEY,
  body {int} NOT NULL,
  from_day {int} NOT NULL,
  by_user {int} NOT NULL,
  at_ms {int} NOT NULL,
  undone_ms {int}
) {strict};
CREATE INDEX past_founding_by_body ON past_founding (body, at_ms);

CREATE TABLE past_founding_body (
  founding {int} NOT NULL,
  number {int} NOT NULL,
  body {int} NOT NULL,
  PRIMARY KEY (founding, number)
) {clustered};

CREATE TABLE past_founding_moved (
  founding {int} NOT NULL,
  body {int} NOT NULL,
  from_day {int} NOT NULL,
  superior_before {int} NOT NULL,
  PRIMARY KEY (founding, body)
) {clustered};

CREATE TABLE past_founding_restructure (
  founding {int} NOT NULL,
  restructure {int} NOT NULL,
  PRIMARY KEY (founding, restructure)
) {clustered};
