-- By which decision a body was founded and with how many members; whom else to call there, from when until when. Telephone numbers are stored sealed.
CREATE TABLE body_founding (
  body {id} PRIMARY KEY REFERENCES body (id),
  decision_number {text} NOT NULL,
  decision_day {int},
  decision_issuer {text} NOT NULL,
  members {int}
) {strict};

CREATE TABLE body_contact_person (
  id {id} PRIMARY KEY,
  body {int} NOT NULL REFERENCES body (id),
  person_name {text} NOT NULL,
  task {text} NOT NULL,
  telephone_sealed {blob},
  from_day {int} NOT NULL,
  until_day {int},
  row_version {int} NOT NULL
) {strict};
CREATE INDEX body_contact_person_by_body ON body_contact_person (body, from_day);
