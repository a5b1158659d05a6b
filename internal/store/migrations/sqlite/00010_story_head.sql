-- +goose Up

-- The words of headline, dek and people once more: to look for them in
-- story_index FTS5 would read the places of every word in every body. Only
-- here do words have their beginnings indexed, for suggestions, so that
-- story_index, made without them, is a third smaller. Both are empty now; the
-- program fills them at its next start.
DROP TABLE story_index;
CREATE VIRTUAL TABLE story_index USING fts5 (
  headline, dek, people, body,
  content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
);
CREATE VIRTUAL TABLE story_head USING fts5 (
  headline, dek, people,
  content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3'
);
