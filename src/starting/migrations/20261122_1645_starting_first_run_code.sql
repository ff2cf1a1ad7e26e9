-- The codes that open "Bắt đầu sử dụng" of an installation without accounts; every server that starts prints one of its own, and the first account ends them all.
CREATE TABLE first_run_code (
  digest {blob} NOT NULL PRIMARY KEY,
  made_ms {int} NOT NULL
) {strict};
