-- Annex tables of reports that were signed before this program was used: the paper, how its columns and rows were understood, how it agreed with the signed totals, and what was written from it.
CREATE TABLE past_annex (
  id {id} PRIMARY KEY,
  body {int} NOT NULL,
  area {int} NOT NULL,
  land {int} NOT NULL,
  family {text} NOT NULL,
  period_window {text} NOT NULL,
  year {int} NOT NULL,
  first_day {int} NOT NULL,
  last_day {int} NOT NULL,
  report_number {text} NOT NULL,
  report_day {int} NOT NULL,
  signer {text} NOT NULL,
  file_name {text} NOT NULL,
  content_digest {blob} NOT NULL,
  signed_name {text} NOT NULL,
  signed_digest {blob},
  sheet {text} NOT NULL,
  head_first {int},
  head_last {int},
  unit_column {int},
  without_total {int} NOT NULL,
  replaces {int} NOT NULL,
  understood_ms {int},
  state {int} NOT NULL,
  row_version {int} NOT NULL,
  by_user {int} NOT NULL,
  at_ms {int} NOT NULL,
  loaded_by {int},
  loaded_ms {int},
  withdrawn_by {int},
  withdrawn_ms {int}
) {strict};
CREATE INDEX past_annex_by_body ON past_annex (body, last_day);

CREATE TABLE past_annex_column (
  annex {int} NOT NULL,
  number {int} NOT NULL,
  heading {text} NOT NULL,
  measure {text} NOT NULL,
  member {text} NOT NULL,
  factor {int} NOT NULL,
  PRIMARY KEY (annex, number)
) {clustered};

CREATE TABLE past_annex_row (
  annex {int} NOT NULL,
  number {int} NOT NULL,
  role {int} NOT NULL,
  unit {int} NOT NULL,
  PRIMARY KEY (annex, number)
) {clustered};

CREATE TABLE past_annex_total (
  annex {int} NOT NULL,
  unit {int} NOT NULL,
  measure {text} NOT NULL,
  member {text} NOT NULL,
  rows_sum {int} NOT NULL,
  signed_total {int} NOT NULL,
  reason {int} NOT NULL,
  note {text} NOT NULL,
  PRIMARY KEY (annex, unit, measure, member)
) {clustered};

CREATE TABLE past_annex_figure (
  annex {int} NOT NULL,
  number {int} NOT NULL,
  body {int} NOT NULL,
  measure {text} NOT NULL,
  member {text} NOT NULL,
  extent {int} NOT NULL,
  value {int} NOT NULL,
  value_before {int},
  written_version {int} NOT NULL,
  PRIMARY KEY (annex, number)
) {clustered};
CREATE INDEX past_annex_figure_by_body ON past_annex_figure (body);
