-- Reporting rounds: what an office asked of whom, each body's report with its state, who passed a round down, and every step that was taken.
CREATE TABLE round (
  id {id} PRIMARY KEY,
  uid {blob} NOT NULL UNIQUE,
  office {int} NOT NULL,
  form {text} NOT NULL,
  family {text} NOT NULL,
  window_code {text} NOT NULL,
  window_year {int} NOT NULL,
  first_day {int} NOT NULL,
  last_day {int} NOT NULL,
  title {text} NOT NULL,
  message {text} NOT NULL,
  asked_how {int} NOT NULL,
  asked_kinds {text} NOT NULL,
  asked_bodies {text} NOT NULL,
  depth {int} NOT NULL,
  due_centre {int},
  due_province {int},
  due_commune {int},
  due_branch {int},
  by_user {int} NOT NULL,
  opened_ms {int} NOT NULL,
  entry_closed_ms {int},
  row_version {int} NOT NULL
) {strict};
CREATE INDEX round_by_office ON round (office, opened_ms);

CREATE TABLE round_form (
  round {int} NOT NULL REFERENCES round(id),
  place {int} NOT NULL,
  version {int} NOT NULL,
  PRIMARY KEY (round, place)
) {clustered};
CREATE INDEX round_form_by_version ON round_form (version);

CREATE TABLE report (
  id {id} PRIMARY KEY,
  round {int} NOT NULL REFERENCES round(id),
  body {int} NOT NULL,
  sends_to {int},
  body_level {int} NOT NULL,
  form {text} NOT NULL,
  first_day {int} NOT NULL,
  last_day {int} NOT NULL,
  due {int},
  state {int} NOT NULL,
  row_version {int} NOT NULL,
  confirmed_by {text} NOT NULL,
  submitted_ms {int},
  sent_ms {int},
  received_ms {int},
  returned_ms {int},
  closed_ms {int},
  added_late_ms {int},
  reason {text} NOT NULL,
  behalf_user {int},
  behalf_body {int},
  behalf_name {text} NOT NULL,
  behalf_how {text} NOT NULL,
  UNIQUE (last_day, first_day, form, body)
) {strict};
CREATE INDEX report_by_body ON report (body, last_day, first_day);
CREATE INDEX report_by_round ON report (round, body);
CREATE INDEX report_by_receiver ON report (sends_to, last_day, first_day, form);

CREATE TABLE round_passing (
  round {int} NOT NULL REFERENCES round(id),
  association {int} NOT NULL,
  due {int},
  message {text} NOT NULL,
  by_user {int} NOT NULL,
  at_ms {int} NOT NULL,
  row_version {int} NOT NULL,
  PRIMARY KEY (round, association)
) {clustered};

CREATE TABLE report_event (
  id {id} PRIMARY KEY,
  report {int} NOT NULL REFERENCES report(id),
  round {int} NOT NULL REFERENCES round(id),
  body {int} NOT NULL,
  at_ms {int} NOT NULL,
  by_user {int} NOT NULL,
  by_name {text} NOT NULL,
  step {int} NOT NULL,
  from_state {int} NOT NULL,
  to_state {int} NOT NULL,
  reason {text} NOT NULL
) {strict};
CREATE INDEX report_event_by_report ON report_event (report, id);
CREATE INDEX report_event_by_round ON report_event (round, at_ms);
