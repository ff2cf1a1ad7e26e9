-- Long work and messages to the outside are written beside the change that asks for them, and done afterwards at least once by whoever holds the lease.
CREATE TABLE job (
  id {id} PRIMARY KEY,
  queue {text} NOT NULL,
  kind {text} NOT NULL,
  request {text} NOT NULL,
  once_key {text} UNIQUE,
  state {int} NOT NULL,
  attempts {int} NOT NULL,
  due_at {int} NOT NULL,
  lease_holder {blob},
  lease_until {int},
  percent {int} NOT NULL,
  progress {text} NOT NULL,
  outcome {text} NOT NULL,
  asked_at {int} NOT NULL,
  ended_at {int},
  CHECK (percent BETWEEN 0 AND 100)
) {strict};
CREATE INDEX job_waiting ON job (queue, due_at) WHERE state IN (0, 1);
