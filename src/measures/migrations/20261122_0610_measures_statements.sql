-- Totals that people state, with every earlier version; how a unit's totals come about in a period; what it is to reach in a year.
CREATE TABLE statement (
  id {id} PRIMARY KEY,
  body {int} NOT NULL,
  series {int} NOT NULL,
  first_day {int} NOT NULL,
  last_day {int} NOT NULL,
  extent {int} NOT NULL,
  value {int},
  arrival {int} NOT NULL,
  row_version {int} NOT NULL,
  by_user {int} NOT NULL,
  at_ms {int} NOT NULL,
  UNIQUE (body, series, first_day, last_day, extent)
) {strict};

CREATE TABLE statement_history (
  statement {int} NOT NULL REFERENCES statement(id),
  row_version {int} NOT NULL,
  value {int},
  arrival {int} NOT NULL,
  by_user {int} NOT NULL,
  at_ms {int} NOT NULL,
  PRIMARY KEY (statement, row_version)
) {clustered};

CREATE TABLE entry_mode (
  body {int} NOT NULL,
  first_day {int} NOT NULL,
  last_day {int} NOT NULL,
  mode {int} NOT NULL,
  by_user {int} NOT NULL,
  at_ms {int} NOT NULL,
  PRIMARY KEY (body, first_day, last_day)
) {clustered};

CREATE TABLE target (
  body {int} NOT NULL,
  measure {text} NOT NULL,
  year {int} NOT NULL,
  value {int} NOT NULL,
  PRIMARY KEY (body, year, measure)
) {clustered};
