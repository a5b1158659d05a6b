-- +goose Up

-- The public notes on stories. What readers are told stands in the version that
-- a note came with, sealed; these rows find it, and know who said it.
CREATE TABLE correction (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  article_id INTEGER NOT NULL REFERENCES article (id),
  version_id INTEGER NOT NULL REFERENCES version (id),
  version INTEGER NOT NULL,
  kind TEXT NOT NULL,
  weight TEXT NOT NULL,
  note TEXT NOT NULL,
  amends TEXT NOT NULL DEFAULT '',
  text_removed INTEGER NOT NULL DEFAULT 0,
  passage TEXT NOT NULL DEFAULT '',
  headline TEXT NOT NULL,
  section TEXT NOT NULL DEFAULT '',
  words TEXT NOT NULL,
  staff_id INTEGER NOT NULL DEFAULT 0,
  staff TEXT NOT NULL DEFAULT '',
  made_at INTEGER NOT NULL
);
CREATE INDEX correction_article ON correction (article_id, made_at);
CREATE INDEX correction_made ON correction (made_at, public_id);
