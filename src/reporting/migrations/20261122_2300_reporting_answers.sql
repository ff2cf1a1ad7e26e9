-- What branches answer in words to the questions of a form. Who confirmed a branch's figures is now kept for each form: two forms may ask the same days.
CREATE TABLE entry_text (
  body {int} NOT NULL,
  code {text} NOT NULL,
  first_day {int} NOT NULL,
  last_day {int} NOT NULL,
  answer {text} NOT NULL,
  by_user {int} NOT NULL,
  at_ms {int} NOT NULL,
  PRIMARY KEY (body, first_day, last_day, code)
) {clustered};

CREATE TABLE form_confirmation (
  body {int} NOT NULL,
  first_day {int} NOT NULL,
  last_day {int} NOT NULL,
  form {text} NOT NULL,
  by_user {int} NOT NULL,
  by_name {text} NOT NULL,
  at_ms {int} NOT NULL,
  figures {int} NOT NULL,
  row_version {int} NOT NULL,
  PRIMARY KEY (body, first_day, last_day, form)
) {clustered};
INSERT INTO form_confirmation (body, first_day, last_day, form, by_user, by_name, at_ms, figures, row_version)
  SELECT body, first_day, last_day, '', by_user, by_name, at_ms, figures, row_version FROM branch_confirmation;
DROP TABLE branch_confirmation;
