-- Workbooks of a round sent around by Zalo: zips handed out (kept for two days), and every file that came back with its verdict, so that the same file twice is known.
CREATE TABLE workbook_bundle (
  id {id} PRIMARY KEY,
  round {int} NOT NULL,
  from_body {int} NOT NULL,
  by_user {int} NOT NULL,
  on_behalf_of {int},
  by_name {text} NOT NULL,
  intake {int},
  state_word {text} NOT NULL,
  carer {int} NOT NULL,
  asked_ms {int} NOT NULL,
  job {int},
  files {int} NOT NULL,
  file_name {text} NOT NULL,
  left_out {text} NOT NULL,
  content {blob},
  made_ms {int}
) {strict};
CREATE INDEX workbook_bundle_by_time ON workbook_bundle (asked_ms);

CREATE TABLE workbook_intake (
  id {id} PRIMARY KEY,
  round {int} NOT NULL,
  from_body {int} NOT NULL,
  by_user {int} NOT NULL,
  on_behalf_of {int},
  by_name {text} NOT NULL,
  at_ms {int} NOT NULL,
  label {text} NOT NULL,
  state {int} NOT NULL,
  job {int}
) {strict};
CREATE INDEX workbook_intake_by_round ON workbook_intake (round, from_body, at_ms);

CREATE TABLE workbook_intake_file (
  intake {int} NOT NULL,
  place {int} NOT NULL,
  file_name {text} NOT NULL,
  content {blob},
  verdict {int} NOT NULL,
  body {int},
  changes {int} NOT NULL,
  problems {int} NOT NULL,
  message {text} NOT NULL,
  places {text} NOT NULL,
  plan_digest {text} NOT NULL,
  written_ms {int},
  PRIMARY KEY (intake, place)
) {clustered};
CREATE INDEX workbook_intake_file_by_content ON workbook_intake_file (content);
