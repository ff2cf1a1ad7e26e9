-- Committees of a body by terms, and who sat in them from when until when; a post held with the seat ends with it. What a printed roster names, and no more.
CREATE TABLE committee_term (
  id {id} PRIMARY KEY,
  body {int} NOT NULL REFERENCES body (id),
  kind {int} NOT NULL,
  name {text} NOT NULL,
  from_day {int} NOT NULL,
  planned_until {int} NOT NULL,
  ended_day {int},
  began {int} NOT NULL,
  decision_number {text} NOT NULL,
  decision_day {int},
  decision_issuer {text} NOT NULL,
  row_version {int} NOT NULL
) {strict};
CREATE INDEX committee_term_by_body ON committee_term (body, from_day);

CREATE TABLE committee_member (
  id {id} PRIMARY KEY,
  term {int} NOT NULL REFERENCES committee_term (id),
  among {int} REFERENCES committee_member (id),
  person_name {text} NOT NULL,
  birth_year {int},
  gender {int} NOT NULL,
  work {text} NOT NULL,
  post {text} NOT NULL,
  holding {int} REFERENCES post_holding (id),
  joined {int} NOT NULL,
  from_day {int} NOT NULL,
  until_day {int},
  reason {text} NOT NULL,
  row_version {int} NOT NULL
) {strict};
CREATE INDEX committee_member_by_term ON committee_member (term, from_day);
