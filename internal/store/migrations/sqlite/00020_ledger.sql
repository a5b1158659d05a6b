-- +goose Up

-- The transparency log. ledger has one row, whose size orders those who append;
-- a leaf's document stands beside it unless it is a version's, which has its own
-- place. Hashes are those of complete subtrees, by their storage index.
CREATE TABLE ledger (
  id INTEGER PRIMARY KEY,
  size INTEGER NOT NULL
);
INSERT INTO ledger (id, size) VALUES (1, 0);

CREATE TABLE leaf (
  n INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  ref TEXT NOT NULL,
  number INTEGER NOT NULL,
  entry TEXT NOT NULL,
  document TEXT
);
CREATE INDEX leaf_ref ON leaf (kind, ref, number);

CREATE TABLE ledger_hash (
  n INTEGER PRIMARY KEY,
  hash BLOB NOT NULL
);

CREATE TABLE ledger_head (
  size INTEGER PRIMARY KEY,
  head TEXT NOT NULL,
  made_at INTEGER NOT NULL
);

-- The public keys that have signed heads, the newest last.
CREATE TABLE ledger_key (
  id INTEGER PRIMARY KEY,
  verifier TEXT NOT NULL UNIQUE,
  made_at INTEGER NOT NULL
);

-- Others who watch the log, and what they have signed.
CREATE TABLE ledger_witness (
  id INTEGER PRIMARY KEY,
  verifier TEXT NOT NULL UNIQUE,
  added_at INTEGER NOT NULL
);
CREATE TABLE ledger_cosignature (
  size INTEGER NOT NULL REFERENCES ledger_head (size),
  witness_id INTEGER NOT NULL REFERENCES ledger_witness (id) ON DELETE CASCADE,
  line TEXT NOT NULL,
  signed_at INTEGER NOT NULL,
  PRIMARY KEY (size, witness_id)
);
