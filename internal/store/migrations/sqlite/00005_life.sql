-- +goose Up

-- Where a story stands beside its status: who has it, until when, what the
-- public note of a scheduled update is, and since when it lies in the trash.
ALTER TABLE article ADD COLUMN assignee INTEGER NOT NULL DEFAULT 0;
ALTER TABLE article ADD COLUMN due_at INTEGER;
ALTER TABLE article ADD COLUMN trashed_at INTEGER;
ALTER TABLE article ADD COLUMN scheduled_note TEXT NOT NULL DEFAULT '';
CREATE INDEX article_scheduled ON article (scheduled_at) WHERE scheduled_at IS NOT NULL;

-- What the lists of the desk filter and order by, of every article. The rows
-- are narrow on purpose: a filter that no index fits reads all of them, and a
-- hundred thousand are read in a few dozen milliseconds. It is derived: the
-- store writes it with the article, and doctor can make it anew. References
-- are public ids, as they stand in the working copy.
CREATE TABLE copy (
  article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  status TEXT NOT NULL,
  trashed INTEGER NOT NULL,
  section TEXT NOT NULL,
  genre TEXT NOT NULL,
  assignee INTEGER NOT NULL,
  created_by INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  published_at INTEGER,
  scheduled_at INTEGER,
  due_at INTEGER,
  headline TEXT NOT NULL,
  version_id INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  live_hash INTEGER NOT NULL
);
-- It holds all that most filters ask, so that a list in the usual order stops
-- as soon as its page is full and never reads the table for what it skips.
CREATE INDEX copy_updated ON copy (updated_at, article_id, kind, trashed, status, section, genre, assignee, created_by);
CREATE INDEX copy_published ON copy (published_at, article_id, kind, trashed, status, section, genre) WHERE published_at IS NOT NULL;
-- The few that have a date to come, for the calendar and its orders.
CREATE INDEX copy_scheduled ON copy (scheduled_at) WHERE scheduled_at IS NOT NULL;
CREATE INDEX copy_due ON copy (due_at) WHERE due_at IS NOT NULL;

-- What the lists show, and the folded words of the head by which a story is
-- found while the search index of readers does not know them: words is empty
-- when the working copy is what readers see. Apart from copy, which is to stay
-- narrow.
CREATE TABLE copy_text (
  article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
  public_id TEXT NOT NULL,
  card TEXT NOT NULL,
  words TEXT NOT NULL
);
CREATE INDEX copy_text_words ON copy_text (article_id) WHERE words <> '';

-- Which topics and people a working copy names.
CREATE TABLE copy_ref (
  kind TEXT NOT NULL,
  ref TEXT NOT NULL,
  article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  PRIMARY KEY (kind, ref, article_id)
) WITHOUT ROWID;
CREATE INDEX copy_ref_article ON copy_ref (article_id);

-- Every act, in the order in which it happened; written in its transaction.
CREATE TABLE activity (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  staff_id INTEGER NOT NULL,
  staff TEXT NOT NULL,
  act TEXT NOT NULL,
  noun TEXT NOT NULL,
  ref TEXT NOT NULL,
  label TEXT NOT NULL,
  details TEXT NOT NULL
);
CREATE INDEX activity_ref ON activity (ref, id);
CREATE INDEX activity_staff ON activity (staff_id, id);
CREATE INDEX activity_noun ON activity (noun, id);
CREATE INDEX activity_act ON activity (act, id);
CREATE INDEX activity_at ON activity (at);

-- What the staff says to each other about a story; never public.
CREATE TABLE note (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  staff_id INTEGER NOT NULL,
  staff TEXT NOT NULL,
  act TEXT NOT NULL,
  text TEXT NOT NULL,
  created_at INTEGER NOT NULL
);
CREATE INDEX note_article ON note (article_id, id);

-- Filters that somebody has given a name.
CREATE TABLE saved_view (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  staff_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  shared INTEGER NOT NULL,
  query TEXT NOT NULL,
  created_at INTEGER NOT NULL
);
CREATE INDEX saved_view_staff ON saved_view (staff_id);

-- What an outbound link answered when it was last asked.
CREATE TABLE link_check (
  url TEXT PRIMARY KEY,
  status INTEGER NOT NULL,
  fault TEXT NOT NULL,
  checked_at INTEGER NOT NULL
);
