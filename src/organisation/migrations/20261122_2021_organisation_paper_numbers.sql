-- The numbers a body has given to its papers, each once: the next one is taken in the transaction that signs.
CREATE TABLE body_paper_number (
  body {int} NOT NULL REFERENCES body (id),
  series_from {int} NOT NULL,
  series {text} NOT NULL,
  number {int} NOT NULL,
  paper {text} NOT NULL,
  day {int} NOT NULL,
  number_text {text} NOT NULL,
  noun {text} NOT NULL,
  record {int} NOT NULL,
  PRIMARY KEY (body, series_from, series, number)
) {clustered};
