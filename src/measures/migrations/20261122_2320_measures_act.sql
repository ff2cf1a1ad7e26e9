-- Who changed figures when and in what way, by the stretch of the log one transaction wrote: the history of a figure reads the log through it.
CREATE TABLE figure_act (
  id {id} PRIMARY KEY,
  first_position {int} NOT NULL UNIQUE,
  last_position {int} NOT NULL,
  by_user {int} NOT NULL,
  at_ms {int} NOT NULL,
  way {text} NOT NULL,
  record {int} NOT NULL
) {strict};

ALTER TABLE statement_history ADD COLUMN act {int} NOT NULL DEFAULT 0;
