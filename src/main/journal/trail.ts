/** The part of journal.db that knows where delivered records went, and which could not be delivered. */

import type { Delivered, Delivery, Parked, Place } from './journal.ts'
import type { Connection } from './sqlite/open.ts'

export interface Trail {
  /** Notes what a group delivered and parked. Runs inside the caller's transaction. */
  add(group: string, delivered: Delivered): void
  /** The deliveries that hold an offset, newest first: of each group, and twice where it was sent twice. */
  find(place: Place, partition: number, offset: number): Delivery[]
  /** The newest parked records of a group, newest first. */
  parked(group: string, limit: number): Parked[]
}

/** Deliveries kept: about an hour of the busiest time. */
const KEPT = 200_000
const KEPT_PARKED = 10_000
/** A delivery spans no more offsets than one read gives, so that a look-up need not go further back. */
const SPAN = 4_000

type DeliveryRow = Omit<Delivery, 'topic' | 'partition'>

/** `idOf` names a place's row in the table of partitions. */
export function createTrail(db: Connection, idOf: (place: Place) => number | undefined): Trail {
  const insert = db.prepare(
    `INSERT INTO deliveries (grp, partition, first, last, to_topic, to_partition, to_base, records, sent_at, acked_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const park = db.prepare(
    'INSERT INTO parked (grp, partition, offset, to_topic, at, reason, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const forget = db.prepare<[number]>('DELETE FROM deliveries WHERE id <= ?')
  const forgetParked = db.prepare<[number]>('DELETE FROM parked WHERE id <= ?')
  const holding = db.prepare<[number, number, number, number], DeliveryRow>(
    `SELECT grp AS "group", first, last, to_topic AS toTopic, to_partition AS toPartition, to_base AS toBase, records,
            sent_at AS sentAt, acked_at AS ackedAt
     FROM deliveries WHERE partition = ? AND first BETWEEN ? AND ? AND last >= ? ORDER BY id DESC`,
  )
  const newest = db.prepare<[string, number], Parked>(
    `SELECT p.topic, p.partition, parked.offset, to_topic AS toTopic, at, reason, bytes
     FROM parked JOIN partitions AS p ON p.id = parked.partition WHERE grp = ? ORDER BY parked.id DESC LIMIT ?`,
  )

  return {
    add(group, { deliveries, parked }) {
      let id = 0
      for (const each of deliveries) {
        const partition = idOf(each)
        if (partition === undefined) continue
        const { first, last, toTopic, toPartition, toBase, records, sentAt, ackedAt } = each
        id = Number(
          insert.run(group, partition, first, last, toTopic, toPartition, toBase, records, sentAt, ackedAt)
            .lastInsertRowid,
        )
      }
      if (id > KEPT) forget.run(id - KEPT)
      for (const each of parked) {
        const partition = idOf(each)
        if (partition === undefined) continue
        const { lastInsertRowid } = park.run(
          group,
          partition,
          each.offset,
          each.toTopic,
          each.at,
          each.reason,
          each.bytes,
        )
        forgetParked.run(Number(lastInsertRowid) - KEPT_PARKED)
      }
    },
    find: ({ topic, partition: number }, partition, offset) =>
      holding.all(partition, offset - SPAN, offset, offset).map((row) => ({ topic, partition: number, ...row })),
    parked: (group, limit) => newest.all(group, limit),
  }
}
