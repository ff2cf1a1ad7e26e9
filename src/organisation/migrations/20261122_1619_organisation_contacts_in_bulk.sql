-- Very many contacts changed together are staged slice by slice under a change that nobody sees, then come into force as one: of each body the newest version counts.
CREATE TABLE contact_change (
  id {id} PRIMARY KEY,
  source {int} NOT NULL,
  state {int} NOT NULL,
  alive_ms {int} NOT NULL
) {strict};
CREATE INDEX contact_change_by_source ON contact_change (source);

CREATE TABLE body_contact_changed (
  body {int} NOT NULL REFERENCES body (id),
  change {int} NOT NULL REFERENCES contact_change (id),
  head_name {text} NOT NULL,
  telephone_sealed {blob},
  row_version {int} NOT NULL,
  PRIMARY KEY (body, change)
) {clustered};
CREATE INDEX body_contact_changed_by_change ON body_contact_changed (change, body);

-- How often a contact was changed: whoever checked very many of them knows by it whether that still holds.
CREATE TABLE contact_count (
  id {id} PRIMARY KEY,
  changes {int} NOT NULL
) {strict};
INSERT INTO contact_count (id, changes) VALUES (1, 0);

CREATE VIEW body_contact_now AS
  SELECT c.body, c.head_name, c.telephone_sealed, c.row_version FROM body_contact c
  WHERE NOT EXISTS (SELECT 1 FROM body_contact_changed o JOIN contact_change m ON m.id = o.change WHERE o.body = c.body AND m.state = 1 AND o.row_version > c.row_version)
  UNION ALL
  SELECT n.body, n.head_name, n.telephone_sealed, n.row_version FROM body_contact_changed n JOIN contact_change k ON k.id = n.change
  WHERE k.state = 1 AND NOT EXISTS (SELECT 1 FROM body_contact c WHERE c.body = n.body AND c.row_version >= n.row_version)
    AND NOT EXISTS (SELECT 1 FROM body_contact_changed o JOIN contact_change m ON m.id = o.change WHERE o.body = n.body AND m.state = 1 AND o.row_version > n.row_version);
