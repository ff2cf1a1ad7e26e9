-- Who signs a body's papers and for whom, with which seal and signature, numbered how: settings with a day, for old papers keep theirs.
CREATE TABLE body_signing_rule (
  id {id} PRIMARY KEY,
  body {int} NOT NULL REFERENCES body (id),
  paper {text} NOT NULL,
  post {text} NOT NULL,
  holding {int} REFERENCES post_holding (id),
  manner {int} NOT NULL,
  on_behalf {int} NOT NULL,
  basis {text} NOT NULL,
  from_day {int} NOT NULL,
  until_day {int},
  row_version {int} NOT NULL
) {strict};
CREATE INDEX body_signing_rule_by_body ON body_signing_rule (body, from_day);

CREATE TABLE body_picture (
  id {id} PRIMARY KEY,
  body {int} NOT NULL REFERENCES body (id),
  kind {int} NOT NULL,
  holding {int} REFERENCES post_holding (id),
  digest {blob} NOT NULL REFERENCES attachment (digest),
  width_tenths_mm {int} NOT NULL,
  height_tenths_mm {int} NOT NULL,
  from_day {int} NOT NULL,
  until_day {int},
  row_version {int} NOT NULL
) {strict};
CREATE INDEX body_picture_by_body ON body_picture (body, from_day);

CREATE TABLE body_numbering (
  body {int} NOT NULL REFERENCES body (id),
  from_day {int} NOT NULL,
  series {int} NOT NULL,
  restarts {int} NOT NULL,
  digital_pictures {int} NOT NULL,
  row_version {int} NOT NULL,
  PRIMARY KEY (body, from_day)
) {clustered};

CREATE TABLE body_first_number (
  body {int} NOT NULL REFERENCES body (id),
  year {int} NOT NULL,
  paper {text} NOT NULL,
  next_number {int} NOT NULL,
  PRIMARY KEY (body, year, paper)
) {clustered};

ALTER TABLE body_letterhead ADD COLUMN row_version {int} NOT NULL DEFAULT 1;
