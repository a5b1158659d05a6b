-- +goose Up

-- Who made a plain redirect at the desk; 0 is the operator or an import. Only
-- what somebody typed may be taken away again: an address that was once public
-- works for ever.
ALTER TABLE path ADD COLUMN made_by BIGINT NOT NULL DEFAULT 0;
