-- +goose Up

-- Times are microseconds since 1970 UTC. JSON is text. Columns named "folded"
-- hold what Go's Fold made of a name, because SQLite folds ASCII only.

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  updated_at INTEGER NOT NULL
);

CREATE TABLE section (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  parent_id INTEGER NOT NULL DEFAULT 0,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  slug TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  position INTEGER NOT NULL DEFAULT 0,
  source TEXT,
  UNIQUE (parent_id, slug)
);
CREATE UNIQUE INDEX section_source ON section (source) WHERE source IS NOT NULL;

CREATE TABLE genre (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  folded TEXT NOT NULL UNIQUE,
  slug TEXT NOT NULL UNIQUE,
  position INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE topic (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  slug TEXT NOT NULL UNIQUE,
  description TEXT NOT NULL DEFAULT '',
  source TEXT
);
CREATE INDEX topic_folded ON topic (folded);
CREATE UNIQUE INDEX topic_source ON topic (source) WHERE source IS NOT NULL;

CREATE TABLE partner (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  folded TEXT NOT NULL UNIQUE,
  url TEXT NOT NULL DEFAULT ''
);

CREATE TABLE asset (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  mime TEXT NOT NULL,
  blob TEXT NOT NULL,
  sha256 TEXT NOT NULL UNIQUE,
  size INTEGER NOT NULL,
  width INTEGER NOT NULL DEFAULT 0,
  height INTEGER NOT NULL DEFAULT 0,
  filename TEXT NOT NULL DEFAULT '',
  alt TEXT NOT NULL DEFAULT '',
  caption TEXT NOT NULL DEFAULT '',
  credit TEXT NOT NULL DEFAULT '',
  licence TEXT NOT NULL DEFAULT '',
  source_url TEXT NOT NULL DEFAULT '',
  focal_x REAL NOT NULL DEFAULT 0.5,
  focal_y REAL NOT NULL DEFAULT 0.5,
  created_at INTEGER NOT NULL
);
CREATE INDEX asset_source_url ON asset (source_url) WHERE source_url <> '';

CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  sort_name TEXT NOT NULL DEFAULT '',
  slug TEXT NOT NULL UNIQUE,
  bio TEXT NOT NULL DEFAULT '',
  portrait INTEGER NOT NULL DEFAULT 0,
  roles TEXT NOT NULL DEFAULT '[]',
  links TEXT NOT NULL DEFAULT '[]',
  variants TEXT NOT NULL DEFAULT '[]',
  author INTEGER NOT NULL DEFAULT 0,
  source TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);
CREATE UNIQUE INDEX person_source ON person (source) WHERE source IS NOT NULL;

-- Every spelling under which a person is known, the name itself included.
CREATE TABLE person_name (
  folded TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  PRIMARY KEY (folded, person_id)
);
CREATE INDEX person_name_person ON person_name (person_id);

CREATE TABLE article (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  status TEXT NOT NULL,
  content TEXT NOT NULL,
  revision INTEGER NOT NULL DEFAULT 1,
  source TEXT,
  source_hash TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  scheduled_at INTEGER,
  published_at INTEGER,
  version_id INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX article_source ON article (source) WHERE source IS NOT NULL;
CREATE INDEX article_status ON article (status, updated_at);

CREATE TABLE version (
  id INTEGER PRIMARY KEY,
  article_id INTEGER NOT NULL REFERENCES article (id),
  number INTEGER NOT NULL,
  published_at INTEGER NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  document TEXT NOT NULL,
  hash TEXT NOT NULL,
  UNIQUE (article_id, number)
);

-- What lists show of the newest version of every published article. It is
-- derived: newsroom writes it with the version and doctor can make it anew.
CREATE TABLE live (
  article_id INTEGER PRIMARY KEY REFERENCES article (id),
  version_id INTEGER NOT NULL REFERENCES version (id),
  kind TEXT NOT NULL,
  public_id TEXT NOT NULL UNIQUE,
  path TEXT NOT NULL,
  headline TEXT NOT NULL,
  dek TEXT NOT NULL,
  language TEXT NOT NULL,
  section_id INTEGER NOT NULL,
  genre_id INTEGER NOT NULL,
  bylines TEXT NOT NULL,
  byline_text TEXT NOT NULL,
  partner_id INTEGER NOT NULL,
  origin_author TEXT NOT NULL,
  lead_asset INTEGER NOT NULL,
  lead_alt TEXT NOT NULL,
  lead_caption TEXT NOT NULL,
  lead_credit TEXT NOT NULL,
  words INTEGER NOT NULL,
  published_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);
CREATE INDEX live_published ON live (kind, published_at, article_id);
CREATE INDEX live_asset ON live (lead_asset) WHERE lead_asset <> 0;

-- Every list of stories is a range of this index: kind and ref say which list
-- (all/0, section/id with the sections below it, topic/id, genre/id, person/id).
CREATE TABLE listing (
  kind TEXT NOT NULL,
  ref INTEGER NOT NULL,
  published_at INTEGER NOT NULL,
  article_id INTEGER NOT NULL REFERENCES article (id),
  PRIMARY KEY (kind, ref, published_at, article_id)
) WITHOUT ROWID;
CREATE INDEX listing_article ON listing (article_id);

CREATE TABLE path (
  path TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  target INTEGER NOT NULL DEFAULT 0,
  redirect TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL
);
CREATE INDEX path_target ON path (kind, target);

CREATE TABLE staff (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  email TEXT NOT NULL,
  folded TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  password TEXT NOT NULL DEFAULT '',
  disabled INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);

CREATE TABLE reader (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  email TEXT NOT NULL,
  folded TEXT NOT NULL UNIQUE,
  source TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  confirmed_at INTEGER
);

-- The queue of package jobs, which has its own SQL.
CREATE TABLE job (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  args TEXT NOT NULL,
  state TEXT NOT NULL,
  priority INTEGER NOT NULL DEFAULT 0,
  run_at INTEGER NOT NULL,
  again_at INTEGER,
  attempts INTEGER NOT NULL DEFAULT 0,
  max_attempts INTEGER NOT NULL,
  unique_key TEXT,
  lease_until INTEGER,
  worker TEXT NOT NULL DEFAULT '',
  last_error TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  finished_at INTEGER
);
CREATE UNIQUE INDEX job_unique_key ON job (unique_key) WHERE unique_key IS NOT NULL AND state IN ('ready', 'running');
CREATE INDEX job_ready ON job (priority, run_at, id) WHERE state = 'ready';
CREATE INDEX job_lease ON job (lease_until) WHERE state = 'running';
CREATE INDEX job_finished ON job (finished_at) WHERE finished_at IS NOT NULL;

-- The words of every published article, analysed in Go (folded, stemmed), so
-- that both engines match alike. Contentless: snippets are cut in Go from the
-- version, and the text is not kept a second time.
CREATE VIRTUAL TABLE story_index USING fts5 (
  headline, dek, people, body,
  content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3'
);
