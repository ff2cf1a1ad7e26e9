-- A restructure of bodies keeps what was there before, what it posted and whose posts it ended, so that it can be taken back to the very same answers.
CREATE TABLE body_restructure (
  id {id} PRIMARY KEY,
  day {int} NOT NULL,
  title {text} NOT NULL,
  decision_number {text} NOT NULL,
  decision_date {int} NOT NULL,
  issuer {text} NOT NULL,
  by_user {int} NOT NULL,
  applied_ms {int} NOT NULL,
  settled {int} NOT NULL,
  closed_ms {int},
  undone_ms {int}
) {strict};
CREATE INDEX body_restructure_by_day ON body_restructure (day);

CREATE TABLE body_restructure_item (
  restructure {int} NOT NULL REFERENCES body_restructure (id),
  number {int} NOT NULL,
  fate {int} NOT NULL,
  body {int} NOT NULL,
  other {int},
  name_before {text} NOT NULL,
  name_after {text} NOT NULL,
  PRIMARY KEY (restructure, number)
) {clustered};
CREATE INDEX body_restructure_item_by_body ON body_restructure_item (body);

CREATE TABLE body_restructure_image (
  restructure {int} NOT NULL REFERENCES body_restructure (id),
  body {int} NOT NULL,
  opened {int} NOT NULL,
  left_as {text} NOT NULL,
  kind {text} NOT NULL,
  born {int} NOT NULL,
  ended {int},
  former_area {int},
  PRIMARY KEY (restructure, body)
) {clustered};

CREATE TABLE body_restructure_image_version (
  restructure {int} NOT NULL,
  body {int} NOT NULL,
  from_day {int} NOT NULL,
  name {text} NOT NULL,
  short_name {text} NOT NULL,
  superior {int},
  area {int} NOT NULL,
  PRIMARY KEY (restructure, body, from_day)
) {clustered};

CREATE TABLE body_restructure_posting (
  restructure {int} NOT NULL REFERENCES body_restructure (id),
  body {int} NOT NULL,
  PRIMARY KEY (restructure, body)
) {clustered};

CREATE TABLE body_restructure_rehomed (
  restructure {int} NOT NULL REFERENCES body_restructure (id),
  number {int} NOT NULL,
  body {int} NOT NULL,
  successor {int} NOT NULL,
  measure {text} NOT NULL,
  member {text} NOT NULL,
  day {int} NOT NULL,
  amount {int} NOT NULL,
  kind {int} NOT NULL,
  noun {text} NOT NULL,
  source {int} NOT NULL,
  layer {int} NOT NULL,
  arrival {int} NOT NULL,
  PRIMARY KEY (restructure, number)
) {clustered};

CREATE TABLE body_restructure_statement (
  restructure {int} NOT NULL REFERENCES body_restructure (id),
  statement {int} NOT NULL,
  body {int} NOT NULL,
  measure {text} NOT NULL,
  member {text} NOT NULL,
  first_day {int} NOT NULL,
  last_day {int} NOT NULL,
  extent {int} NOT NULL,
  value {int} NOT NULL,
  restated {int} NOT NULL,
  PRIMARY KEY (restructure, statement)
) {clustered};

CREATE TABLE body_restructure_post (
  restructure {int} NOT NULL REFERENCES body_restructure (id),
  holding {int} NOT NULL,
  until_before {int},
  PRIMARY KEY (restructure, holding)
) {clustered};

CREATE TABLE body_handover (
  id {id} PRIMARY KEY,
  restructure {int} NOT NULL REFERENCES body_restructure (id),
  body {int} NOT NULL,
  minutes_number {text} NOT NULL,
  minutes_date {int} NOT NULL,
  by_user {int} NOT NULL,
  at_ms {int} NOT NULL
) {strict};
CREATE INDEX body_handover_by_restructure ON body_handover (restructure);
