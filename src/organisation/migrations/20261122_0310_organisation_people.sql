-- Whom to call, who holds which post from when until when, and what stands above and below a body's papers.
CREATE TABLE body_contact (
  body {id} PRIMARY KEY REFERENCES body (id),
  head_name {text} NOT NULL,
  telephone_sealed {blob},
  row_version {int} NOT NULL
) {strict};

CREATE TABLE post_holding (
  id {id} PRIMARY KEY,
  body {int} NOT NULL REFERENCES body (id),
  post {text} NOT NULL,
  person_name {text} NOT NULL,
  user_id {int},
  from_day {int} NOT NULL,
  until_day {int},
  term {text} NOT NULL,
  row_version {int} NOT NULL
) {strict};
CREATE INDEX post_holding_by_body ON post_holding (body, from_day);
CREATE INDEX post_holding_by_user ON post_holding (user_id);

CREATE TABLE body_letterhead (
  body {int} NOT NULL REFERENCES body (id),
  from_day {int} NOT NULL,
  superior_line {text} NOT NULL,
  issuer_line {text} NOT NULL,
  place_name {text} NOT NULL,
  numbering_suffix {text} NOT NULL,
  PRIMARY KEY (body, from_day)
) {clustered};
