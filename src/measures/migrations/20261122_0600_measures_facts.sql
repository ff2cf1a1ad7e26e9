-- The append-only log that every figure goes back to; series and nouns have numbers of their own, so that the order of the catalogue may change.
CREATE TABLE fact_series (
  id {id} PRIMARY KEY,
  measure {text} NOT NULL,
  member {text} NOT NULL,
  UNIQUE (measure, member)
) {strict};

CREATE TABLE fact_noun (
  id {id} PRIMARY KEY,
  noun {text} NOT NULL UNIQUE
) {strict};

CREATE TABLE fact (
  position {id} PRIMARY KEY,
  body {int} NOT NULL,
  day {int} NOT NULL,
  series {int} NOT NULL,
  amount {int} NOT NULL,
  kind {int} NOT NULL,
  noun {int} NOT NULL,
  source {int} NOT NULL,
  reverses {int} NOT NULL,
  layer {int} NOT NULL,
  arrival {int} NOT NULL
) {strict};
-- a body's figures lie together: sums of one series and the freezing of all of them read this index alone
CREATE INDEX fact_by_body ON fact (body, series, day, layer, amount);
