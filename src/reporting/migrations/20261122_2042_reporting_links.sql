-- Links that open one branch's form of one period without a password. The store keeps only the digest of what stands in the address.
CREATE TABLE entry_link (
  id {id} PRIMARY KEY,
  token_digest {blob} NOT NULL UNIQUE,
  body {int} NOT NULL,
  association {int} NOT NULL,
  family {text} NOT NULL,
  window_code {text} NOT NULL,
  window_year {int} NOT NULL,
  first_day {int} NOT NULL,
  last_day {int} NOT NULL,
  until_day {int} NOT NULL,
  title {text} NOT NULL,
  by_user {int} NOT NULL,
  at_ms {int} NOT NULL,
  revoked_ms {int},
  revoked_by {int},
  confirmed_ms {int},
  confirmed_by {text} NOT NULL
) {strict};
CREATE INDEX entry_link_by_association ON entry_link (association, last_day, first_day, body);
