-- Who may sign in, for which bodies they act, and what the program allows them; telephone numbers are sealed and found by a blind index.
CREATE TABLE app_user (
  id {id} PRIMARY KEY,
  uid {blob} NOT NULL UNIQUE,
  telephone_index {blob} NOT NULL UNIQUE,
  telephone_sealed {blob} NOT NULL,
  salutation {text} NOT NULL,
  name {text} NOT NULL,
  name_sort {text} NOT NULL,
  password_hash {text},
  must_change {int} NOT NULL,
  password_until_ms {int},
  active {int} NOT NULL,
  language {int} NOT NULL,
  large_type {int} NOT NULL,
  row_version {int} NOT NULL,
  created_ms {int} NOT NULL
) {strict};

CREATE TABLE user_unit (
  user_id {int} NOT NULL REFERENCES app_user(id),
  body {int} NOT NULL,
  title {text} NOT NULL,
  from_day {int} NOT NULL,
  until_day {int},
  PRIMARY KEY (user_id, body, from_day)
) {strict};
CREATE INDEX user_unit_by_body ON user_unit (body);

CREATE TABLE user_grant (
  id {id} PRIMARY KEY,
  user_id {int} NOT NULL REFERENCES app_user(id),
  permission {int} NOT NULL,
  reach {int} NOT NULL,
  from_day {int} NOT NULL,
  until_day {int}
) {strict};
CREATE INDEX user_grant_by_user ON user_grant (user_id);

CREATE TABLE user_grant_body (
  grant_id {int} NOT NULL REFERENCES user_grant(id),
  body {int} NOT NULL,
  PRIMARY KEY (grant_id, body)
) {strict};

CREATE TABLE user_deputy (
  user_id {int} NOT NULL REFERENCES app_user(id),
  for_user {int} NOT NULL REFERENCES app_user(id),
  body {int} NOT NULL,
  from_day {int} NOT NULL,
  until_day {int} NOT NULL,
  PRIMARY KEY (user_id, for_user, body, from_day)
) {strict};

CREATE TABLE user_session (
  token_digest {blob} NOT NULL PRIMARY KEY,
  user_id {int} NOT NULL REFERENCES app_user(id),
  csrf {text} NOT NULL,
  acting_for {int} NOT NULL,
  on_behalf_of {int},
  created_ms {int} NOT NULL,
  seen_ms {int} NOT NULL,
  expires_ms {int} NOT NULL
) {strict};
CREATE INDEX user_session_by_user ON user_session (user_id);

CREATE TABLE sign_in_failure (
  key_digest {blob} NOT NULL PRIMARY KEY,
  failures {int} NOT NULL,
  last_ms {int} NOT NULL
) {strict};
