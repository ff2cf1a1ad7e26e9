-- Who has reported is asked on every page: how many totals of a body are in force for a window is kept with them, at the position other processes follow.
CREATE TABLE statement_count (
  body {int} NOT NULL,
  first_day {int} NOT NULL,
  last_day {int} NOT NULL,
  figures {int} NOT NULL,
  position {int} NOT NULL,
  PRIMARY KEY (body, first_day, last_day)
) {clustered};
CREATE INDEX statement_count_by_position ON statement_count (position);
INSERT INTO statement_count (body, first_day, last_day, figures, position)
  SELECT body, first_day, last_day, COUNT(*), 0 FROM statement WHERE value IS NOT NULL GROUP BY body, first_day, last_day;
