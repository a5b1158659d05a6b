-- +goose Up

-- What the desk knows of an account beyond its role: the sections to which an
-- editor is limited (JSON, public ids) and the person who they are in bylines.
ALTER TABLE staff ADD COLUMN sections TEXT NOT NULL DEFAULT '[]';
ALTER TABLE staff ADD COLUMN person TEXT NOT NULL DEFAULT '';

-- A session is one device on which somebody has signed in. Only a hash of its
-- token is kept: whoever reads the table cannot come in with it.
CREATE TABLE session (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  hash TEXT NOT NULL UNIQUE,
  staff_id INTEGER NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
  address TEXT NOT NULL DEFAULT '',
  agent TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
);
CREATE INDEX session_staff ON session (staff_id);

-- Who began a story and who touched it last; 0 is the operator or an import.
ALTER TABLE article ADD COLUMN created_by INTEGER NOT NULL DEFAULT 0;
ALTER TABLE article ADD COLUMN updated_by INTEGER NOT NULL DEFAULT 0;
