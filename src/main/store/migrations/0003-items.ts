/** News and sentiment. */
export const items = {
  version: 3,
  name: 'items',
  sql: `
-- One row per item, in order of arrival. A key is never used again, so that it tells what came later.
CREATE TABLE items (
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  feed TEXT NOT NULL,
  id TEXT NOT NULL,                -- the feed's own
  title TEXT NOT NULL,
  url TEXT,
  summary TEXT,
  source TEXT,
  published_at INTEGER NOT NULL,   -- feed's clock
  received_at INTEGER NOT NULL,    -- our clock
  language TEXT NOT NULL,
  symbols TEXT NOT NULL,           -- each between spaces: ' BTC ETH '; '' for none
  same_url TEXT,                   -- url and title as they are compared: shared/items.ts
  same_title TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX items_id ON items (feed, id);
CREATE UNIQUE INDEX items_url ON items (feed, same_url) WHERE same_url IS NOT NULL;
CREATE INDEX items_title ON items (feed, same_title);
CREATE INDEX items_time ON items (published_at);

-- Sentiment: what a feed said last of each instant.
CREATE TABLE indices (
  feed TEXT NOT NULL,
  at INTEGER NOT NULL,
  value TEXT NOT NULL,             -- 0 to 100
  label TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  PRIMARY KEY (feed, at)
) STRICT, WITHOUT ROWID;
`,
}
