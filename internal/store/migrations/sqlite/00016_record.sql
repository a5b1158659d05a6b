-- +goose Up

-- The record: statements, the quotations that report them, and pairs that are
-- set side by side. A statement's place is its day and its id in one number, so
-- that all lists are ranges of one index, by the day on which it was said; the
-- search index has it as its key, and yields by date as well.
CREATE TABLE statement (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  place INTEGER NOT NULL UNIQUE,
  words TEXT NOT NULL,
  kind TEXT NOT NULL,
  denial INTEGER NOT NULL DEFAULT 0,
  language TEXT NOT NULL DEFAULT '',
  speaker_id INTEGER NOT NULL REFERENCES person (id),
  role TEXT NOT NULL DEFAULT '',
  date_value TEXT NOT NULL DEFAULT '',
  date_precision TEXT NOT NULL DEFAULT '',
  addressee TEXT NOT NULL DEFAULT '',
  venue TEXT NOT NULL DEFAULT '',
  venue_folded TEXT NOT NULL DEFAULT '',
  source_url TEXT NOT NULL DEFAULT '',
  source TEXT NOT NULL DEFAULT '',
  live INTEGER NOT NULL DEFAULT 0,
  quotations INTEGER NOT NULL DEFAULT 0,
  confirmed_by INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);
CREATE INDEX statement_speaker ON statement (speaker_id, live, place);
CREATE INDEX statement_live ON statement (live, place);
CREATE INDEX statement_venue ON statement (venue_folded, live, place);

CREATE TABLE statement_topic (
  statement_id INTEGER NOT NULL REFERENCES statement (id) ON DELETE CASCADE,
  topic_id INTEGER NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (statement_id, topic_id)
);
CREATE INDEX statement_topic_topic ON statement_topic (topic_id, place);

CREATE TABLE quotation (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  article_id INTEGER NOT NULL REFERENCES article (id),
  statement_id INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  anchor TEXT NOT NULL,
  live INTEGER NOT NULL DEFAULT 0,
  found TEXT NOT NULL DEFAULT '',
  confidence REAL NOT NULL DEFAULT 0,
  decided_by INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);
CREATE INDEX quotation_article ON quotation (article_id, id);
CREATE INDEX quotation_statement ON quotation (statement_id, id);
CREATE INDEX quotation_queue ON quotation (confidence, id) WHERE state = 'proposed';

-- When a scan last read an article, and which revision of it.
CREATE TABLE scanned (
  article_id INTEGER PRIMARY KEY REFERENCES article (id),
  version_id INTEGER NOT NULL,
  at INTEGER NOT NULL
);

CREATE TABLE counterpoint (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  first_id INTEGER NOT NULL REFERENCES statement (id),
  second_id INTEGER NOT NULL REFERENCES statement (id),
  low_id INTEGER NOT NULL,
  high_id INTEGER NOT NULL,
  label TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  dismissed INTEGER NOT NULL DEFAULT 0,
  made_by INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (low_id, high_id)
);
CREATE INDEX counterpoint_high ON counterpoint (high_id);

CREATE VIRTUAL TABLE statement_index USING fts5 (
  words, people,
  content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
);
