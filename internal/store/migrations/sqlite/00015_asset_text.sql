-- +goose Up

-- What is heard in a recording or film, in writing: captions as WebVTT, a
-- transcript as plain text. They are long, and lists of assets want none of
-- them, so that they have a table of their own.
CREATE TABLE asset_text (
  asset_id INTEGER NOT NULL REFERENCES asset (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  language TEXT NOT NULL DEFAULT '',
  label TEXT NOT NULL DEFAULT '',
  text TEXT NOT NULL,
  PRIMARY KEY (asset_id, kind)
);
