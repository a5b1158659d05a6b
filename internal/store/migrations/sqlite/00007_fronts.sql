-- +goose Up

-- The arrangements of the front page (place '') and of the sections' fronts
-- (place = public id of the section): the draft, what is to come, what readers
-- see and what they saw. Blocks change in drafts alone.
CREATE TABLE front (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  place TEXT NOT NULL,
  number INTEGER NOT NULL DEFAULT 0,
  base INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL,
  blocks TEXT NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1,
  staff_id INTEGER NOT NULL DEFAULT 0,
  note TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  scheduled_at INTEGER,
  published_at INTEGER
);
CREATE UNIQUE INDEX front_number ON front (place, number) WHERE number > 0;
CREATE UNIQUE INDEX front_live ON front (place) WHERE state = 'live';
CREATE UNIQUE INDEX front_draft ON front (place) WHERE state = 'draft';
CREATE INDEX front_scheduled ON front (scheduled_at) WHERE state = 'scheduled';

-- Until now the front page was a setting. It becomes the first arrangement.
INSERT INTO front (public_id, place, number, state, blocks, created_at, updated_at, published_at)
  SELECT '0000000000f1', '', 1, 'live', value, updated_at, updated_at, updated_at FROM setting WHERE name = 'front';
DELETE FROM setting WHERE name = 'front';
