-- Sheets of printed slips: whom they are for, and for a day the sealed codes, so that whoever made a sheet can print it again when the printer jams.
CREATE TABLE slip_sheet (
  id {id} PRIMARY KEY,
  body {int} NOT NULL,
  maker {int} NOT NULL REFERENCES app_user (id),
  on_behalf_of {int},
  site {text} NOT NULL,
  asked_ms {int} NOT NULL,
  codes_until_ms {int} NOT NULL,
  job {int} NOT NULL
) {strict};
CREATE INDEX slip_sheet_by_maker ON slip_sheet (maker, asked_ms);

CREATE TABLE slip (
  sheet {int} NOT NULL REFERENCES slip_sheet (id),
  place {int} NOT NULL,
  body {int} NOT NULL,
  post {text} NOT NULL,
  user_id {int},
  code_sealed {blob},
  until_day {int},
  refused {text},
  PRIMARY KEY (sheet, place)
) {strict};
