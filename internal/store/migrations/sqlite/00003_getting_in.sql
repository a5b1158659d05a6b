-- +goose Up

-- What an account may do beyond its role (JSON, names of acts); its secret for
-- one-time codes, and the last of their time steps that was used, so that a
-- code works once; who it is for the OpenID Connect issuer; when somebody last
-- signed in with it (NULL: the invitation has not been taken up).
ALTER TABLE staff ADD COLUMN grants TEXT NOT NULL DEFAULT '[]';
ALTER TABLE staff ADD COLUMN totp TEXT NOT NULL DEFAULT '';
ALTER TABLE staff ADD COLUMN totp_step INTEGER NOT NULL DEFAULT 0;
ALTER TABLE staff ADD COLUMN subject TEXT NOT NULL DEFAULT '';
ALTER TABLE staff ADD COLUMN signed_in_at INTEGER;

-- When whoever holds the session last proved who they are: acts that matter
-- want it recent.
ALTER TABLE session ADD COLUMN proved_at INTEGER NOT NULL DEFAULT 0;

-- A pass lets its holder do one thing once: the set-up link, an invitation, a
-- reset, and what lies between the two steps of a sign-in. Only a hash of its
-- token is kept. staff_id is 0 where there is no account yet, so there is no
-- foreign key.
CREATE TABLE pass (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  staff_id INTEGER NOT NULL DEFAULT 0,
  data TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
);
CREATE INDEX pass_staff ON pass (staff_id, kind);
CREATE INDEX pass_expires ON pass (expires_at);

-- A passkey is a public key; the private one never leaves the device.
CREATE TABLE passkey (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  staff_id INTEGER NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
  credential_id TEXT NOT NULL UNIQUE,
  credential TEXT NOT NULL,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  used_at INTEGER
);
CREATE INDEX passkey_staff ON passkey (staff_id);

-- Recovery codes, hashed; a used one is gone.
CREATE TABLE recovery_code (
  id INTEGER PRIMARY KEY,
  staff_id INTEGER NOT NULL REFERENCES staff (id) ON DELETE CASCADE,
  hash TEXT NOT NULL,
  UNIQUE (staff_id, hash)
);

-- Tries at guessing, so that the waits between them survive a restart. The
-- key is a hash of what is tried and from where.
CREATE TABLE attempt (
  key TEXT PRIMARY KEY,
  tries INTEGER NOT NULL,
  tried_at INTEGER NOT NULL,
  open_at INTEGER NOT NULL
);
CREATE INDEX attempt_tried ON attempt (tried_at);
