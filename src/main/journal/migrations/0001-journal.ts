/** The journal database. A row is a record batch, never one event: a row per event would cost twice as much as all the rest. */
export const journal = {
  version: 1,
  name: 'journal',
  sql: `
CREATE TABLE meta (
  name TEXT PRIMARY KEY,           -- 'epoch': names this journal, so that readers notice when another one has taken its place
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE partitions (
  id INTEGER PRIMARY KEY,
  topic TEXT NOT NULL,             -- name on the bus: 'tapedeck.trades.v1'
  partition INTEGER NOT NULL,
  start_offset INTEGER NOT NULL,   -- first offset still held
  next_offset INTEGER NOT NULL,    -- offset that the next record gets
  UNIQUE (topic, partition)
) STRICT;

-- rowid is the order of commitment.
CREATE TABLE batches (
  partition INTEGER NOT NULL REFERENCES partitions(id),
  base INTEGER NOT NULL,           -- offset of the first record
  count INTEGER NOT NULL,
  min_at INTEGER NOT NULL,         -- least and greatest time of its records
  max_at INTEGER NOT NULL,
  bytes BLOB NOT NULL              -- one JSON record a line (shared/wire.ts)
) STRICT;
CREATE UNIQUE INDEX batches_offset ON batches (partition, base);

-- The next offset that a group wants. Nothing is trimmed before the slowest of them.
CREATE TABLE cursors (
  grp TEXT NOT NULL,
  topic TEXT NOT NULL,
  partition INTEGER NOT NULL,
  next_offset INTEGER NOT NULL,
  PRIMARY KEY (grp, topic, partition)
) STRICT, WITHOUT ROWID;
`,
}
