/** What version 4 has added: accounts of which others see no number, and those that are addressed by it still. */
export const ADDED_IN_4 = `
ALTER TABLE accounts ADD COLUMN addressing TEXT NOT NULL DEFAULT 'lid';
ALTER TABLE accounts ADD COLUMN hides_number INTEGER NOT NULL DEFAULT 0;
`;

/** What version 3 of sandbox.db has added: profiles, privacy, labels, channels, communities and businesses. */
export const ADDED_IN_3 = `
ALTER TABLE accounts ADD COLUMN about TEXT;
ALTER TABLE accounts ADD COLUMN business INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN username TEXT;
CREATE UNIQUE INDEX accounts_by_username ON accounts (username) WHERE username IS NOT NULL;

ALTER TABLE groups ADD COLUMN kind TEXT NOT NULL DEFAULT 'group';
ALTER TABLE groups ADD COLUMN parent TEXT REFERENCES groups ON DELETE SET NULL;
ALTER TABLE groups ADD COLUMN member_add INTEGER NOT NULL DEFAULT 0;
ALTER TABLE groups ADD COLUMN ephemeral INTEGER NOT NULL DEFAULT 0;
CREATE INDEX groups_of_parent ON groups (parent) WHERE parent IS NOT NULL;

ALTER TABLE chats ADD COLUMN ephemeral INTEGER NOT NULL DEFAULT 0;
ALTER TABLE copies ADD COLUMN delivered_at INTEGER;
ALTER TABLE copies ADD COLUMN read_at INTEGER;
ALTER TABLE copies ADD COLUMN played_at INTEGER;
ALTER TABLE messages ADD COLUMN pinned_until INTEGER;
ALTER TABLE messages ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;

-- Pictures of accounts, groups and channels, as data URLs.
CREATE TABLE pictures (
  owner TEXT PRIMARY KEY,
  url TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Names in an account's address book; without a name the contact was removed from it. Everyone else is in it under the
-- name that they have chosen.
CREATE TABLE contacts (
  owner TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
  contact TEXT NOT NULL,
  name TEXT,
  PRIMARY KEY (owner, contact)
) STRICT, WITHOUT ROWID;

-- Settings that differ from the default; who is excluded, or for statuses included, as a JSON array.
CREATE TABLE privacy (
  account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
  category TEXT NOT NULL,
  value TEXT NOT NULL,
  people TEXT NOT NULL,
  PRIMARY KEY (account, category)
) STRICT, WITHOUT ROWID;

CREATE TABLE past_participants (
  group_id TEXT NOT NULL REFERENCES groups ON DELETE CASCADE,
  account TEXT NOT NULL,
  at INTEGER NOT NULL,
  removed INTEGER NOT NULL,
  PRIMARY KEY (group_id, account)
) STRICT, WITHOUT ROWID;

CREATE TABLE labels (
  owner TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
  id INTEGER NOT NULL,
  name TEXT NOT NULL,
  color INTEGER NOT NULL,
  kind TEXT NOT NULL,
  PRIMARY KEY (owner, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE label_chats (
  owner TEXT NOT NULL,
  label INTEGER NOT NULL,
  chat TEXT NOT NULL,
  PRIMARY KEY (owner, label, chat),
  FOREIGN KEY (owner, label) REFERENCES labels ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE channels (
  id TEXT PRIMARY KEY,
  tenant TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT,
  owner TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
  invite TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE channel_followers (
  channel TEXT NOT NULL REFERENCES channels ON DELETE CASCADE,
  account TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
  muted INTEGER NOT NULL DEFAULT 0,
  at INTEGER NOT NULL,
  PRIMARY KEY (channel, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX channels_of_account ON channel_followers (account);

CREATE TABLE business_profiles (
  account TEXT PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
  profile TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Products and orders as JSON.
CREATE TABLE products (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  owner TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
  product TEXT NOT NULL
) STRICT;
CREATE INDEX products_of_owner ON products (owner, id);

CREATE TABLE collections (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  owner TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
  name TEXT NOT NULL
) STRICT;
CREATE INDEX collections_of_owner ON collections (owner, id);

CREATE TABLE collection_products (
  collection INTEGER NOT NULL REFERENCES collections ON DELETE CASCADE,
  product INTEGER NOT NULL REFERENCES products ON DELETE CASCADE,
  PRIMARY KEY (collection, product)
) STRICT, WITHOUT ROWID;

CREATE TABLE orders (
  id TEXT PRIMARY KEY,
  content TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE notes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  owner TEXT NOT NULL REFERENCES accounts ON DELETE CASCADE,
  chat TEXT NOT NULL,
  content TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  UNIQUE (owner, chat)
) STRICT;
`;
