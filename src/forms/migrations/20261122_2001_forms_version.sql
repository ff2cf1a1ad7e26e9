-- Versions of report forms: never changed once published (published_ms > 0), for rounds pin them; owner 0: the house's own, which stands for the centre's.
CREATE TABLE form_version (
  id {id} PRIMARY KEY,
  kind {int} NOT NULL CHECK (kind BETWEEN 1 AND 3),
  code {text} NOT NULL,
  owner {int} NOT NULL,
  number {int} NOT NULL,
  name_vi {text} NOT NULL,
  name_en {text} NOT NULL,
  systems {text} NOT NULL,
  family {text} NOT NULL,
  windows {text} NOT NULL,
  request_first {int},
  request_last {int},
  request_due {int},
  in_force_from {int} NOT NULL,
  content {text} NOT NULL,
  note {text} NOT NULL,
  published_ms {int} NOT NULL,
  published_by {int} NOT NULL,
  row_version {int} NOT NULL,
  UNIQUE (code, owner, number)
) {strict};
CREATE INDEX form_version_of_owner ON form_version (owner, code);

-- Windows an office reports in, from a named year on, where they differ from the family's usual ones.
CREATE TABLE office_windows (
  owner {int} NOT NULL,
  family {text} NOT NULL,
  from_year {int} NOT NULL,
  seam {int} NOT NULL,
  windows {text} NOT NULL,
  set_by {int} NOT NULL,
  set_ms {int} NOT NULL,
  PRIMARY KEY (owner, family, from_year)
) {clustered};
