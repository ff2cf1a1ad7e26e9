-- Many bodies founded together are staged slice by slice under a batch that nobody sees, then shown as one, and taken back as one.
CREATE TABLE body_batch (
  id {id} PRIMARY KEY,
  source {int} NOT NULL,
  state {int} NOT NULL,
  alive_ms {int} NOT NULL,
  changed_at {int} NOT NULL
) {strict};
CREATE INDEX body_batch_by_source ON body_batch (source);
ALTER TABLE body ADD COLUMN batch {int} REFERENCES body_batch (id);
CREATE INDEX body_by_batch ON body (batch, id) WHERE batch IS NOT NULL;
