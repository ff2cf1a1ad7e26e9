-- Who left the association when, and which posts ended with that, so that an error can be taken back.
CREATE TABLE user_leaving (
  id {id} PRIMARY KEY,
  user_id {int} NOT NULL REFERENCES app_user (id),
  day {int} NOT NULL,
  reason {text} NOT NULL,
  at_ms {int} NOT NULL,
  taken_back_ms {int}
) {strict};
CREATE INDEX user_leaving_by_user ON user_leaving (user_id);

CREATE TABLE user_leaving_post (
  leaving {int} NOT NULL REFERENCES user_leaving (id),
  holding {int} NOT NULL,
  until_day {int},
  PRIMARY KEY (leaving, holding)
) {strict};
