-- Reminders by mail: an office's server and rule, who can be written to, every mail asked for with its fate; and the calendars that telephones subscribe to.
CREATE TABLE mail_server (
  body {int} NOT NULL PRIMARY KEY,
  host {text} NOT NULL,
  port {int} NOT NULL,
  security {int} NOT NULL,
  user_name {text} NOT NULL,
  password_sealed {blob},
  from_address {text} NOT NULL,
  from_name {text} NOT NULL,
  by_user {int} NOT NULL,
  at_ms {int} NOT NULL,
  row_version {int} NOT NULL
) {strict};

CREATE TABLE reminder_rule (
  body {int} NOT NULL PRIMARY KEY,
  before_days {int} NOT NULL,
  on_day {int} NOT NULL,
  after_days {int} NOT NULL,
  posts {text} NOT NULL,
  to_body {int} NOT NULL,
  by_user {int} NOT NULL,
  at_ms {int} NOT NULL,
  row_version {int} NOT NULL
) {strict};

CREATE TABLE mail_address (
  id {id} PRIMARY KEY,
  owner_kind {int} NOT NULL,
  owner {int} NOT NULL,
  address_sealed {blob},
  stopped_ms {int},
  row_version {int} NOT NULL,
  UNIQUE (owner_kind, owner)
) {strict};

CREATE TABLE reminder_mail (
  id {id} PRIMARY KEY,
  office {int} NOT NULL,
  report {int} NOT NULL,
  address {int} NOT NULL REFERENCES mail_address (id),
  occasion {int} NOT NULL,
  state {int} NOT NULL,
  attempts {int} NOT NULL,
  code {int} NOT NULL,
  reason {text} NOT NULL,
  asked_ms {int} NOT NULL,
  ended_ms {int},
  UNIQUE (report, address, occasion)
) {strict};
CREATE INDEX reminder_mail_by_office ON reminder_mail (office, id);

CREATE TABLE calendar_feed (
  user_id {int} NOT NULL PRIMARY KEY,
  token_digest {blob} NOT NULL UNIQUE,
  token_sealed {blob} NOT NULL,
  made_ms {int} NOT NULL
) {strict};

CREATE TABLE calendar_day (
  user_id {int} NOT NULL,
  uid {text} NOT NULL,
  day {int} NOT NULL,
  said {text} NOT NULL,
  sequence {int} NOT NULL,
  changed_ms {int} NOT NULL,
  called_off {int} NOT NULL,
  PRIMARY KEY (user_id, uid)
) {clustered};
