-- A form or an API call sent twice must be done once: its key and its answer are kept in the same transaction as its effect.
CREATE TABLE answered_request (
  request_key {text} PRIMARY KEY,
  asked {blob} NOT NULL,
  answer {text} NOT NULL,
  answered_at {int} NOT NULL
) {clustered};
CREATE INDEX answered_request_by_time ON answered_request (answered_at);
