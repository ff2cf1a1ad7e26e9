-- People without an account who filled in a form through a link, by the name they gave. In by_user columns they stand as minus their id.
CREATE TABLE entry_visitor (
  id {id} PRIMARY KEY,
  link {int} NOT NULL,
  secret_digest {blob} NOT NULL UNIQUE,
  name {text} NOT NULL,
  at_ms {int} NOT NULL
) {strict};
CREATE INDEX entry_visitor_by_link ON entry_visitor (link);
