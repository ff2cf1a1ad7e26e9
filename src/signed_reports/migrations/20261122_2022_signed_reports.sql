-- What a signature froze, what the office above said about it, and what was adjusted after closing. Rows of versions are never changed.
CREATE TABLE report_version (
  id {id} PRIMARY KEY,
  report {int} NOT NULL REFERENCES report (id),
  body {int} NOT NULL,
  version {int} NOT NULL,
  kind {int} NOT NULL,
  family {text} NOT NULL,
  first_day {int} NOT NULL,
  last_day {int} NOT NULL,
  numbered_by {int} NOT NULL,
  number {int} NOT NULL,
  number_text {text} NOT NULL,
  signed_day {int} NOT NULL,
  by_user {int} NOT NULL,
  on_behalf_of {int},
  holding {int} NOT NULL,
  signer_name {text} NOT NULL,
  authority {text} NOT NULL,
  basis {text} NOT NULL,
  at_ms {int} NOT NULL,
  reason {text} NOT NULL,
  digest {blob} NOT NULL,
  UNIQUE (report, version)
) {strict};

CREATE TABLE report_version_closing (
  version {int} NOT NULL REFERENCES report_version (id),
  place {int} NOT NULL,
  closing {int} NOT NULL REFERENCES closing (id),
  PRIMARY KEY (version, place)
) {clustered};
CREATE INDEX report_version_by_closing ON report_version_closing (closing);

CREATE TABLE report_version_child (
  version {int} NOT NULL REFERENCES report_version (id),
  body {int} NOT NULL,
  closing {int} NOT NULL REFERENCES closing (id),
  carried {int} NOT NULL,
  PRIMARY KEY (version, closing)
) {clustered};

CREATE TABLE report_version_total (
  version {int} NOT NULL REFERENCES report_version (id),
  series {int} NOT NULL,
  amount {int} NOT NULL,
  PRIMARY KEY (version, series)
) {clustered};

CREATE TABLE report_version_text (
  version {int} NOT NULL REFERENCES report_version (id),
  place {int} NOT NULL,
  code {text} NOT NULL,
  heading {text} NOT NULL,
  markdown {text} NOT NULL,
  PRIMARY KEY (version, place)
) {clustered};

CREATE TABLE report_paper (
  id {id} PRIMARY KEY,
  version {int} NOT NULL REFERENCES report_version (id),
  digest {blob} NOT NULL REFERENCES attachment (digest),
  name {text} NOT NULL,
  media_type {text} NOT NULL,
  by_user {int} NOT NULL,
  at_ms {int} NOT NULL
) {strict};
CREATE INDEX report_paper_by_version ON report_paper (version, id);

CREATE TABLE report_finding (
  report {int} NOT NULL REFERENCES report (id),
  place {int} NOT NULL,
  finding {text} NOT NULL,
  severity {int} NOT NULL,
  body {int} NOT NULL,
  measure {text} NOT NULL,
  title {text} NOT NULL,
  message {text} NOT NULL,
  reason {text} NOT NULL,
  PRIMARY KEY (report, place)
) {clustered};

CREATE TABLE report_remark (
  report {int} NOT NULL REFERENCES report (id),
  at_ms {int} NOT NULL,
  place {int} NOT NULL,
  on_what {int} NOT NULL,
  body {int} NOT NULL,
  measure {text} NOT NULL,
  reason {text} NOT NULL,
  by_user {int} NOT NULL,
  PRIMARY KEY (report, at_ms, place)
) {clustered};

CREATE TABLE report_adjustment (
  id {id} PRIMARY KEY,
  report {int} NOT NULL REFERENCES report (id),
  state {int} NOT NULL,
  reason {text} NOT NULL,
  by_user {int} NOT NULL,
  at_ms {int} NOT NULL,
  version {int},
  sent_back {text} NOT NULL,
  row_version {int} NOT NULL
) {strict};
CREATE INDEX report_adjustment_by_report ON report_adjustment (report, id);

CREATE TABLE report_adjustment_cell (
  adjustment {int} NOT NULL REFERENCES report_adjustment (id),
  body {int} NOT NULL,
  measure {text} NOT NULL,
  was {int},
  now {int},
  reason {text} NOT NULL,
  PRIMARY KEY (adjustment, body, measure)
) {clustered};

CREATE TABLE report_adjustment_effect (
  adjustment {int} NOT NULL REFERENCES report_adjustment (id),
  report {int} NOT NULL REFERENCES report (id),
  body {int} NOT NULL,
  version {int} NOT NULL,
  series {int} NOT NULL,
  as_signed {int} NOT NULL,
  before_amount {int} NOT NULL,
  after_amount {int} NOT NULL,
  PRIMARY KEY (adjustment, report, series)
) {clustered};

CREATE TABLE report_change_notice (
  id {id} PRIMARY KEY,
  report {int} NOT NULL REFERENCES report (id),
  cause {int} NOT NULL REFERENCES report (id),
  version {int} NOT NULL REFERENCES report_version (id),
  at_ms {int} NOT NULL,
  reason {text} NOT NULL,
  seen_by {int},
  seen_ms {int}
) {strict};
CREATE INDEX report_change_notice_by_report ON report_change_notice (report, seen_ms);
