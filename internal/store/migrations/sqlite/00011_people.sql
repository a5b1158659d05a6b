-- +goose Up

-- The order of the list of people: the sort name, folded, so that both engines
-- order alike. Rows that are older than the column are filled when the program
-- starts: SQL cannot fold.
ALTER TABLE person ADD COLUMN sort_key TEXT NOT NULL DEFAULT '';
CREATE INDEX person_sort_key ON person (sort_key, id);

-- Who was merged with somebody else: documents and imports that name them mean
-- whoever remains.
CREATE TABLE person_former (
  public_id TEXT PRIMARY KEY,
  source TEXT,
  person_id INTEGER NOT NULL REFERENCES person (id)
);
CREATE INDEX person_former_person ON person_former (person_id);
CREATE INDEX person_former_source ON person_former (source) WHERE source IS NOT NULL;
