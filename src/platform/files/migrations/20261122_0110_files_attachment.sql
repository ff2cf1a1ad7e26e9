-- Attached files live inside the store, named by their content, so that a backup and several processes stay one thing.
CREATE TABLE attachment (
  digest {blob} PRIMARY KEY,
  media_type {text} NOT NULL,
  size {int} NOT NULL,
  content {blob} NOT NULL,
  kept_at {int} NOT NULL
) {strict};
