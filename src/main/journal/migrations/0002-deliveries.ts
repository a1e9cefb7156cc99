/** Where records went that were delivered elsewhere, what could not be, and when a batch was committed. */
export const deliveries = {
  version: 2,
  name: 'deliveries',
  sql: `
ALTER TABLE batches ADD COLUMN written_at INTEGER;   -- NULL where an earlier version wrote it

-- One row per acknowledged batch; the oldest give way to the newest.
CREATE TABLE deliveries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  grp TEXT NOT NULL,
  partition INTEGER NOT NULL REFERENCES partitions(id),
  first INTEGER NOT NULL,          -- offsets of the first and the last record in this partition
  last INTEGER NOT NULL,
  to_topic TEXT NOT NULL,
  to_partition INTEGER NOT NULL,
  to_base TEXT NOT NULL,           -- offset of the first record there
  records INTEGER NOT NULL,        -- how many lie there in a row
  sent_at INTEGER NOT NULL,
  acked_at INTEGER NOT NULL
) STRICT;
CREATE INDEX deliveries_offset ON deliveries (partition, first);

-- Records that will never be delivered, kept with the reason.
CREATE TABLE parked (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  grp TEXT NOT NULL,
  partition INTEGER NOT NULL REFERENCES partitions(id),
  offset INTEGER NOT NULL,
  to_topic TEXT NOT NULL,
  at INTEGER NOT NULL,
  reason TEXT NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
`,
}
