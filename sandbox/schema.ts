/**
 * The tables of sandbox.db. The file holds test data only: a file of a version without an upgrade is refused, with the
 * advice to delete it.
 */

import { ADDED_IN_3, ADDED_IN_4 } from "./schema-additions.ts";

export const SCHEMA_VERSION = 4;

/** The statements that make a file of an older version one of this version. */
export const UPGRADES: Readonly<Record<number, string>> = {
  1: `ALTER TABLE accounts ADD COLUMN groups_privacy TEXT NOT NULL DEFAULT 'all'; ${ADDED_IN_3} ${ADDED_IN_4}`,
  2: `${ADDED_IN_3} ${ADDED_IN_4}`,
  3: ADDED_IN_4,
};

const VERSION_2 = `
CREATE TABLE accounts (
  id TEXT PRIMARY KEY,
  lid TEXT NOT NULL UNIQUE,
  tenant TEXT NOT NULL,
  name TEXT,
  online INTEGER NOT NULL DEFAULT 1,
  auto_read INTEGER NOT NULL DEFAULT 0,
  groups_privacy TEXT NOT NULL DEFAULT 'all',
  last_seen INTEGER,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX accounts_of_tenant ON accounts (tenant, created_at, id);

-- One row: the last number that was chosen automatically, so that no number is used twice.
CREATE TABLE numbering (last INTEGER NOT NULL) STRICT;
INSERT INTO numbering VALUES (15550100000);

-- One row: the ports used last, so that drivers find the sandbox again after a restart.
CREATE TABLE ports (page INTEGER NOT NULL, device INTEGER NOT NULL) STRICT;
INSERT INTO ports VALUES (0, 0);

CREATE TABLE devices (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
  token_hash BLOB NOT NULL UNIQUE,
  name TEXT NOT NULL,
  linked_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  last_seq INTEGER NOT NULL DEFAULT 0,
  given_seq INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX devices_of_account ON devices (account);

-- The bytes of media, stored once for all recipients.
CREATE TABLE media (
  id INTEGER PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE,
  data BLOB NOT NULL
) STRICT;

CREATE TABLE messages (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  sender TEXT NOT NULL,
  id TEXT NOT NULL,
  chat TEXT NOT NULL,
  type TEXT NOT NULL,
  body TEXT NOT NULL,
  media INTEGER REFERENCES media,
  at INTEGER NOT NULL,
  duplicates INTEGER NOT NULL DEFAULT 0,
  edited_text TEXT,
  revoked INTEGER NOT NULL DEFAULT 0,
  UNIQUE (sender, id)
) STRICT;
CREATE INDEX messages_by_age ON messages (at);
CREATE INDEX messages_by_id ON messages (id);
CREATE INDEX messages_by_media ON messages (media);

-- A row for each account that has a message: the sender's (mine = 1, ack is the highest of any receiver) and each
-- receiver's (mine = 0, ack is the receiver's own).
CREATE TABLE copies (
  n INTEGER PRIMARY KEY AUTOINCREMENT,
  owner TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
  chat TEXT NOT NULL,
  message INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE,
  mine INTEGER NOT NULL,
  ack INTEGER NOT NULL,
  content INTEGER NOT NULL,
  starred INTEGER NOT NULL DEFAULT 0,
  UNIQUE (message, owner)
) STRICT;
CREATE INDEX copies_of_owner ON copies (owner, mine, n);
CREATE INDEX copies_of_chat ON copies (owner, chat, n);
CREATE INDEX copies_unread ON copies (owner, chat, ack) WHERE mine = 0 AND ack < 4;
CREATE INDEX copies_undelivered ON copies (owner, n) WHERE mine = 0 AND ack < 2;
CREATE INDEX copies_in_order ON copies (owner, n);

CREATE TABLE reactions (
  message INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE,
  account TEXT NOT NULL,
  emoji TEXT NOT NULL,
  PRIMARY KEY (message, account)
) STRICT, WITHOUT ROWID;

CREATE TABLE votes (
  message INTEGER NOT NULL REFERENCES messages ON DELETE CASCADE,
  account TEXT NOT NULL,
  options TEXT NOT NULL,
  PRIMARY KEY (message, account)
) STRICT, WITHOUT ROWID;

-- Events that wait for a device: a message by reference, or any other event as JSON.
CREATE TABLE queue (
  device INTEGER NOT NULL REFERENCES devices ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  message INTEGER REFERENCES messages ON DELETE CASCADE,
  event TEXT,
  PRIMARY KEY (device, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX queue_of_message ON queue (message) WHERE message IS NOT NULL;

CREATE TABLE chats (
  owner TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
  chat TEXT NOT NULL,
  archived INTEGER NOT NULL DEFAULT 0,
  pinned INTEGER NOT NULL DEFAULT 0,
  marked_unread INTEGER NOT NULL DEFAULT 0,
  muted_until INTEGER,
  cleared INTEGER NOT NULL DEFAULT 0,
  deleted INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, chat)
) STRICT, WITHOUT ROWID;

CREATE TABLE blocks (
  account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
  blocked TEXT NOT NULL,
  PRIMARY KEY (account, blocked)
) STRICT, WITHOUT ROWID;

CREATE TABLE groups (
  id TEXT PRIMARY KEY,
  tenant TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT,
  owner TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  announce INTEGER NOT NULL DEFAULT 0,
  locked INTEGER NOT NULL DEFAULT 0,
  join_approval INTEGER NOT NULL DEFAULT 0,
  invite TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE participants (
  group_id TEXT NOT NULL REFERENCES groups ON DELETE CASCADE,
  account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
  admin INTEGER NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (group_id, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX groups_of_account ON participants (account);

CREATE TABLE join_requests (
  group_id TEXT NOT NULL REFERENCES groups ON DELETE CASCADE,
  account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
  at INTEGER NOT NULL,
  PRIMARY KEY (group_id, account)
) STRICT, WITHOUT ROWID;
`;

/** The statements that create a new file. */
export const SCHEMA = `${VERSION_2} ${ADDED_IN_3} ${ADDED_IN_4}`;
