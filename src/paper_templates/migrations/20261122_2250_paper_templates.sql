-- Word templates of an office, version after version, and which of them (and which columns of the annex) it uses for a form, from a moment on: old papers keep theirs.
CREATE TABLE paper_template (
  id {id} PRIMARY KEY,
  body {int} NOT NULL,
  form {text} NOT NULL,
  version {int} NOT NULL,
  digest {blob} NOT NULL REFERENCES attachment (digest),
  file_name {text} NOT NULL,
  by_user {int} NOT NULL,
  by_name {text} NOT NULL,
  at_ms {int} NOT NULL,
  UNIQUE (body, form, version)
) {strict};

CREATE TABLE paper_choice (
  body {int} NOT NULL,
  form {text} NOT NULL,
  number {int} NOT NULL,
  paper_template {int},
  columns {text} NOT NULL,
  by_user {int} NOT NULL,
  by_name {text} NOT NULL,
  at_ms {int} NOT NULL,
  PRIMARY KEY (body, form, number)
) {clustered};
