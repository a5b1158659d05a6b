-- +goose Up

-- How far the body of a working copy has come in steps, and a hash of the body
-- there: a body that has another hash was changed by other means (an import),
-- and the log of steps before it leads nowhere.
CREATE TABLE body_state (
  article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  digest TEXT NOT NULL
);

-- The log of the steps that made a body, the newest of them. A client is one
-- window of one browser; it counts its steps, so that a request which is sent
-- twice is not applied twice.
CREATE TABLE step (
  article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  client TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  staff_id INTEGER NOT NULL DEFAULT 0,
  body TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (article_id, number)
);
CREATE INDEX step_client ON step (article_id, client, sequence);

-- A snapshot is the whole working copy as it was at a moment.
CREATE TABLE snapshot (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  reason TEXT NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  content TEXT NOT NULL,
  words INTEGER NOT NULL DEFAULT 0,
  staff_id INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL
);
CREATE INDEX snapshot_article ON snapshot (article_id, created_at);

-- Who has a story open, and where in it they are. A row that nobody renews is
-- of a program that was killed, and counts no more after a minute.
CREATE TABLE presence (
  article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  client TEXT NOT NULL,
  staff_id INTEGER NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
  place TEXT NOT NULL DEFAULT '',
  since INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (article_id, client)
);
