-- +goose Up

-- A statement that was merged into another, as it was: its words, its
-- quotations and its pairs, so that the two can be taken apart again.
CREATE TABLE statement_merger (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  into_id INTEGER NOT NULL REFERENCES statement (id),
  was TEXT NOT NULL,
  made_by INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL
);
CREATE INDEX statement_merger_into ON statement_merger (into_id, id);
