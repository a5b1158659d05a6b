-- +goose Up

-- How long a recording or film is, in milliseconds; 0 when its file does not tell.
ALTER TABLE asset ADD COLUMN duration INTEGER NOT NULL DEFAULT 0;
