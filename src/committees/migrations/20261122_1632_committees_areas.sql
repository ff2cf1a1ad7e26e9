-- Which member of an office looks after which bodies, from when until when: boards, reminders and rates group by it.
CREATE TABLE body_looked_after (
  id {id} PRIMARY KEY,
  office {int} NOT NULL REFERENCES body (id),
  holding {int} NOT NULL REFERENCES post_holding (id),
  body {int} NOT NULL REFERENCES body (id),
  from_day {int} NOT NULL,
  until_day {int}
) {strict};
CREATE INDEX body_looked_after_by_office ON body_looked_after (office, from_day);
CREATE INDEX body_looked_after_by_body ON body_looked_after (body, from_day);
