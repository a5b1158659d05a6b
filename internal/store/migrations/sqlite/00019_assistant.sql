-- +goose Up

-- What an assistant last made of the pairs that were proposed for a story, as
-- JSON: it is shown whole or not at all, and nothing is searched by it.
CREATE TABLE assistant_reading (
  article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
  read_at INTEGER NOT NULL,
  reading TEXT NOT NULL
);
