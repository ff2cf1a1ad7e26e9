-- Freezing and putting in force are two acts: which ended bodies a frozen report covers, and the order in which closings came into force, for processes that follow.
CREATE TABLE closing_cover (
  closing {int} NOT NULL REFERENCES closing (id),
  body {int} NOT NULL,
  PRIMARY KEY (closing, body)
) {clustered};
CREATE INDEX closing_cover_by_body ON closing_cover (body);

CREATE TABLE closing_put (
  position {int} NOT NULL,
  closing {int} NOT NULL REFERENCES closing (id),
  PRIMARY KEY (position, closing)
) {clustered};
