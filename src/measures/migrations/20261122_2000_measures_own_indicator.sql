-- Indicators that an office adds for itself, at run time; append-only. `position` follows the order of commits, so that other processes find the new ones.
CREATE TABLE own_indicator (
  id {id} PRIMARY KEY,
  position {int} NOT NULL UNIQUE,
  owner {int} NOT NULL,
  series {int} NOT NULL UNIQUE REFERENCES fact_series (id),
  label_vi {text} NOT NULL,
  label_en {text} NOT NULL,
  short_vi {text} NOT NULL,
  unit_vi {text} NOT NULL,
  help_vi {text} NOT NULL,
  answer {int} NOT NULL CHECK (answer BETWEEN 1 AND 3),
  kind {int} NOT NULL,
  level {int} NOT NULL,
  section {text} NOT NULL,
  defined_by {int} NOT NULL,
  defined_ms {int} NOT NULL
) {strict};

CREATE INDEX own_indicator_of_owner ON own_indicator (owner, id);
