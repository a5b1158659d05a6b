-- +goose Up

-- The public ids of what was merged into each: versions are never changed, so
-- that they name it for ever.
ALTER TABLE section ADD COLUMN was TEXT NOT NULL DEFAULT '[]';
ALTER TABLE genre ADD COLUMN was TEXT NOT NULL DEFAULT '[]';
ALTER TABLE genre ADD COLUMN description TEXT NOT NULL DEFAULT '';
ALTER TABLE topic ADD COLUMN was TEXT NOT NULL DEFAULT '[]';
