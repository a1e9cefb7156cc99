/** The market database. Decimals are canonical text, instants are Unix milliseconds UTC, what a venue does not give is NULL. */
export const market = {
  version: 1,
  name: 'market',
  sql: `
CREATE TABLE meta (
  name TEXT PRIMARY KEY,           -- 'collector' (uuid of this folder), 'demo' ('0' | '1'), 'created_at'
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE instruments (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,        -- 'upbit:BTC/KRW'
  venue TEXT NOT NULL,
  native TEXT,                     -- the venue's own symbol; NULL until its market list has been read
  base TEXT, quote TEXT,
  name_ko TEXT, name_en TEXT,
  tick_size TEXT, size_step TEXT,
  status TEXT NOT NULL DEFAULT 'trading',
  warning TEXT,
  listed INTEGER NOT NULL DEFAULT 1, -- 0: no longer in the venue's list
  updated_at INTEGER NOT NULL
) STRICT;

-- One row per print. rowid is the order of arrival.
CREATE TABLE trades (
  instrument INTEGER NOT NULL REFERENCES instruments(id),
  at INTEGER NOT NULL,             -- venue's clock
  id TEXT NOT NULL,                -- venue's id, or a fingerprint
  price TEXT NOT NULL,
  size TEXT NOT NULL,              -- base currency
  side INTEGER,                    -- taker: 1 buy, -1 sell, NULL not provided
  received_at INTEGER NOT NULL,    -- our clock
  origin TEXT NOT NULL,
  at_text TEXT
) STRICT;
CREATE UNIQUE INDEX trades_identity ON trades (instrument, at, id);

-- Bars with at least one trade. Quiet and missing seconds are no rows: they follow from coverage and gaps.
CREATE TABLE bars (
  instrument INTEGER NOT NULL REFERENCES instruments(id),
  interval INTEGER NOT NULL,       -- 1000, 60000 or 3600000; the longer ones are merged from the 1 s bars
  open_at INTEGER NOT NULL,
  open TEXT NOT NULL, high TEXT NOT NULL, low TEXT NOT NULL, close TEXT NOT NULL,
  vwap TEXT NOT NULL,
  avg_price TEXT NOT NULL,
  price_sum TEXT NOT NULL,
  volume TEXT NOT NULL,            -- base currency
  quote_volume TEXT NOT NULL,
  buy_volume TEXT NOT NULL,
  trades INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  state TEXT NOT NULL,             -- 'traded' | 'backfilled'
  PRIMARY KEY (instrument, interval, open_at)
) STRICT, WITHOUT ROWID;

-- At most one a second and market, the newest of that second.
CREATE TABLE tickers (
  instrument INTEGER NOT NULL REFERENCES instruments(id),
  at INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  origin TEXT NOT NULL,
  last TEXT NOT NULL,
  bid TEXT, ask TEXT, open_24h TEXT, high_24h TEXT, low_24h TEXT, volume_24h TEXT, quote_volume_24h TEXT, change TEXT,
  PRIMARY KEY (instrument, at)
) STRICT, WITHOUT ROWID;

-- Breaks in a market's stream. until NULL: still open.
CREATE TABLE gaps (
  instrument INTEGER NOT NULL REFERENCES instruments(id),
  since INTEGER NOT NULL,
  until INTEGER,
  reason TEXT NOT NULL,
  filled_by TEXT,                  -- origin of the trades that filled it afterwards
  PRIMARY KEY (instrument, since)
) STRICT, WITHOUT ROWID;

-- First and last instant at which a market was watched; inside, what no gap covers was live.
CREATE TABLE coverage (
  instrument INTEGER PRIMARY KEY REFERENCES instruments(id),
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL
) STRICT;

-- The next journal or Kafka offset to be stored, moved in the same transaction as the rows.
CREATE TABLE cursors (
  grp TEXT NOT NULL,
  topic TEXT NOT NULL,
  partition INTEGER NOT NULL,
  next_offset INTEGER NOT NULL,
  PRIMARY KEY (grp, topic, partition)
) STRICT, WITHOUT ROWID;
`,
}
