-- What a post gives its holder in the program. The days stay with the post itself, so whatever ends or restores the post ends or restores the access.
CREATE TABLE post_access (
  holding {id} PRIMARY KEY REFERENCES post_holding (id)
) {strict};

CREATE TABLE post_access_without (
  holding {int} NOT NULL REFERENCES post_access (holding),
  permission {int} NOT NULL,
  PRIMARY KEY (holding, permission)
) {strict};

CREATE TABLE post_access_area (
  holding {int} NOT NULL REFERENCES post_access (holding),
  body {int} NOT NULL,
  from_day {int} NOT NULL,
  until_day {int},
  PRIMARY KEY (holding, body, from_day)
) {strict};

ALTER TABLE app_user ADD COLUMN closed_from {int};
