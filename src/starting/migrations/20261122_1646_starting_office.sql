-- When an installation was begun by "Bắt đầu sử dụng" and by which office, and which steps an office has put off until later, by whom and when.
CREATE TABLE starting_office (
  body {id} PRIMARY KEY,
  begun_ms {int} NOT NULL,
  begun_by {int} NOT NULL
) {strict};

CREATE TABLE starting_put_off (
  body {int} NOT NULL,
  step {text} NOT NULL,
  put_off_by {int} NOT NULL,
  put_off_ms {int} NOT NULL,
  PRIMARY KEY (body, step)
) {strict};
