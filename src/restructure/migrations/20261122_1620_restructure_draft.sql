-- A restructure is prepared over days: what was typed waits here, whole as the form has it, until it is carried out or dropped.
CREATE TABLE restructure_draft (
  id {id} PRIMARY KEY,
  unit {int} NOT NULL,
  by_user {int} NOT NULL,
  state {int} NOT NULL,
  restructure {int},
  content {text} NOT NULL,
  row_version {int} NOT NULL,
  created_ms {int} NOT NULL,
  changed_ms {int} NOT NULL
) {strict};
CREATE INDEX restructure_draft_by_unit ON restructure_draft (unit);
CREATE INDEX restructure_draft_by_restructure ON restructure_draft (restructure);
