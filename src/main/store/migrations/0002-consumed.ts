/** What Kafka's consumers need: records that could not be read, and who watched a market that was not watched here. */
export const consumed = {
  version: 2,
  name: 'consumed',
  sql: `
-- Records of a topic that could not be read, kept with the reason until they are driven again.
CREATE TABLE parked (
  grp TEXT NOT NULL,               -- as in cursors
  topic TEXT NOT NULL,
  partition INTEGER NOT NULL,
  record_offset INTEGER NOT NULL,
  at INTEGER NOT NULL,             -- the record's own time
  reason TEXT NOT NULL,
  collector TEXT NOT NULL,         -- header 'collector', or the topic where there is none
  value BLOB                       -- NULL: a record without a value
) STRICT;
CREATE UNIQUE INDEX parked_record ON parked (grp, topic, partition, record_offset);

-- Markets whose coverage another collector's records advance. No row: this folder's own.
CREATE TABLE witnesses (
  instrument INTEGER PRIMARY KEY REFERENCES instruments(id),
  source TEXT NOT NULL             -- header 'collector', or the topic where there is none
) STRICT;
`,
}
