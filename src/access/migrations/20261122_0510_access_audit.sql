-- The append-only trail of every change, the seals over it, and the keys that personal fields in it are encrypted under.
CREATE TABLE audit_entry (
  position {int} NOT NULL PRIMARY KEY,
  at_ms {int} NOT NULL,
  user_id {int} NOT NULL,
  on_behalf_of {int},
  body {int} NOT NULL,
  noun {text} NOT NULL,
  record {int} NOT NULL,
  action {text} NOT NULL,
  canonical {blob} NOT NULL
) {strict};
CREATE INDEX audit_entry_by_record ON audit_entry (noun, record);
CREATE INDEX audit_entry_by_body ON audit_entry (body, position);

CREATE TABLE audit_seal (
  first_position {int} NOT NULL PRIMARY KEY,
  last_position {int} NOT NULL,
  entries {int} NOT NULL,
  at_ms {int} NOT NULL,
  head {blob} NOT NULL,
  signature {blob} NOT NULL
) {strict};

CREATE TABLE person_key (
  noun {text} NOT NULL,
  record {int} NOT NULL,
  sealed {blob} NOT NULL,
  PRIMARY KEY (noun, record)
) {strict};
