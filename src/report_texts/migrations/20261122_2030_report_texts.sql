-- What reports say in words: the text of each block as it stands, and what it was before, so that nothing anybody wrote is lost.
CREATE TABLE report_text (
  report {int} NOT NULL REFERENCES report(id),
  code {text} NOT NULL,
  markdown {text} NOT NULL,
  row_version {int} NOT NULL,
  by_user {int} NOT NULL,
  by_name {text} NOT NULL,
  at_ms {int} NOT NULL,
  PRIMARY KEY (report, code)
) {clustered};

CREATE TABLE report_text_version (
  id {id} PRIMARY KEY,
  report {int} NOT NULL REFERENCES report(id),
  code {text} NOT NULL,
  kind {int} NOT NULL,
  markdown {text} NOT NULL,
  row_version {int} NOT NULL,
  by_user {int} NOT NULL,
  by_name {text} NOT NULL,
  began_ms {int} NOT NULL,
  at_ms {int} NOT NULL
) {strict};
CREATE INDEX report_text_version_by_text ON report_text_version (report, code, id);
