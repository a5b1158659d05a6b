-- +goose Up

-- What the desk knows of an asset beyond the words below it. look is a hash
-- of what the picture looks like (NULL: not made yet); shown and crops are
-- JSON; taken is a date of any precision.
ALTER TABLE asset ADD COLUMN creator TEXT NOT NULL DEFAULT '';
ALTER TABLE asset ADD COLUMN taken TEXT NOT NULL DEFAULT '';
ALTER TABLE asset ADD COLUMN shown TEXT NOT NULL DEFAULT '[]';
ALTER TABLE asset ADD COLUMN republish INTEGER NOT NULL DEFAULT 0;
ALTER TABLE asset ADD COLUMN rights_end INTEGER;
ALTER TABLE asset ADD COLUMN poster INTEGER NOT NULL DEFAULT 0;
ALTER TABLE asset ADD COLUMN crops TEXT NOT NULL DEFAULT '{}';
ALTER TABLE asset ADD COLUMN look INTEGER;
ALTER TABLE asset ADD COLUMN updated_at INTEGER;
ALTER TABLE asset ADD COLUMN trashed_at INTEGER;
ALTER TABLE asset ADD COLUMN created_by INTEGER NOT NULL DEFAULT 0;
ALTER TABLE asset ADD COLUMN replaced_by INTEGER NOT NULL DEFAULT 0;

-- The list of the desk is in order of id, newest first.
CREATE INDEX asset_kind ON asset (kind, id);
CREATE INDEX asset_created ON asset (created_at, id);
CREATE INDEX asset_rights_end ON asset (rights_end) WHERE rights_end IS NOT NULL;
CREATE INDEX asset_trashed ON asset (trashed_at) WHERE trashed_at IS NOT NULL;
CREATE INDEX asset_look ON asset (id) WHERE look IS NULL AND kind = 'image';

-- The words of an asset, folded, so that both engines find alike, and marks
-- (=no-alt) for what it lacks.
CREATE TABLE asset_word (
  word TEXT NOT NULL,
  asset_id INTEGER NOT NULL REFERENCES asset (id) ON DELETE CASCADE,
  PRIMARY KEY (word, asset_id)
) WITHOUT ROWID;
CREATE INDEX asset_word_asset ON asset_word (asset_id);

-- Whom a picture shows.
CREATE TABLE asset_person (
  person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  asset_id INTEGER NOT NULL REFERENCES asset (id) ON DELETE CASCADE,
  PRIMARY KEY (person_id, asset_id)
) WITHOUT ROWID;
CREATE INDEX asset_person_asset ON asset_person (asset_id);

-- Where an asset stands. It is derived from the documents, written with them
-- in one transaction, and doctor can make it anew.
CREATE TABLE asset_use (
  kind TEXT NOT NULL,
  ref INTEGER NOT NULL,
  place TEXT NOT NULL,
  asset_id INTEGER NOT NULL REFERENCES asset (id),
  PRIMARY KEY (kind, ref, place, asset_id)
) WITHOUT ROWID;
CREATE INDEX asset_use_asset ON asset_use (asset_id, kind);

-- A file on its way in. Its parts lie among the blobs.
CREATE TABLE upload (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  staff_id INTEGER NOT NULL,
  filename TEXT NOT NULL,
  size INTEGER NOT NULL,
  parts TEXT NOT NULL DEFAULT '[]',
  received INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);
CREATE INDEX upload_staff ON upload (staff_id);
CREATE INDEX upload_updated ON upload (updated_at);
