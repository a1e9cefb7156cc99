/** How much may still be written: the quota, the disk, and what is trimmed to stay below them. */

import type { Fault } from '../../shared/faults.ts'
import type { Millis } from '../../shared/market.ts'
import type { TopicId } from '../../shared/topics.ts'
import { TOPICS } from '../../shared/topics.ts'
import type { Log } from './log.ts'
import type { TopicPlace } from './places.ts'
import { QUOTA_SHARE, TRIM_SHARE } from './policy.ts'
import type { Ballast } from './sqlite/ballast.ts'
import type { DiskFault } from './sqlite/disk-fault.ts'
import { toDiskFault } from './sqlite/disk-fault.ts'
import type { Connection } from './sqlite/open.ts'
import { bytesInUse } from './sqlite/open.ts'

export interface Room {
  /** Why something is not written, if so. */
  readonly fault: Fault | undefined
  /** The disk is in trouble: nothing at all can be written. */
  readonly blocked: boolean
  /** Whether events of a topic may be written now. Over the quota it trims first. */
  allows(topic: TopicId): boolean
  /** A write failed with this. Throws it again where it is not the disk's fault. */
  failed(error: unknown): void
  setQuota(bytes: number): void
  /** Measures what is in use, after a write. */
  measure(): void
  /** Trims what is due, and tries the disk again. */
  tick(now: Millis): void
}

/** A refused topic is taken again only this much (share of the quota) lower, so that losses do not flicker. */
const RESUME_MARGIN = 0.02
/** Batches that one step may remove from one partition: keeps a step within milliseconds. */
const TRIM_STEP = 200
/** Steps of one tick: a quota that was lowered a lot is reached over some seconds. */
const TRIM_ROUNDS = 8
/** Free pages that are worth giving back to the disk. */
const FREE_PAGES = 4_096
const VACUUM_PAGES = 1_024

export function createRoom(
  db: Connection,
  log: Log,
  places: readonly TopicPlace[],
  ballast: Ballast,
  quotaBytes: number,
): Room {
  const refused = new Set<TopicId>()
  let quota = quotaBytes
  let used = bytesInUse(db)
  let disk: DiskFault | undefined
  let now: Millis = 0
  if (!ballast.fits()) disk = toDiskFault(undefined, db.name)

  const trim = (before: (place: TopicPlace) => Millis): number => {
    let removed = 0
    for (const [index, place] of places.entries()) removed += log.trim(index, before(place), TRIM_STEP)
    return removed
  }
  const trimDue = () => {
    trim((place) => now - TOPICS[place.id].retention)
    used = bytesInUse(db)
    for (let round = 0; round < TRIM_ROUNDS && used > quota * TRIM_SHARE; round += 1) {
      if (trim(() => Infinity) === 0) return
      used = bytesInUse(db)
    }
  }
  const giveBack = () => {
    if ((db.pragma('freelist_count', { simple: true }) as number) > FREE_PAGES)
      db.pragma(`incremental_vacuum(${VACUUM_PAGES})`)
  }
  const recover = () => {
    try {
      if (disk?.code === 'disk-full') {
        ballast.release()
        trimDue()
        db.pragma('incremental_vacuum')
        db.pragma('wal_checkpoint(TRUNCATE)')
        if (!ballast.restore()) return
      }
      db.transaction(() => db.exec("UPDATE meta SET value = value WHERE name = 'epoch'"))()
      disk = undefined
    } catch (error) {
      disk = toDiskFault(error, db.name)
    }
  }

  return {
    get fault(): Fault | undefined {
      if (disk) return disk
      if (refused.size === 0) return undefined
      return {
        code: 'journal-quota',
        message: `The journal is at its quota of ${Math.round(quota / 1e6)} MB; ${[...refused].join(', ')} are not kept until its readers catch up. Raise "caps.journalBytes" in the settings, or see which reader is behind.`,
      }
    },
    get blocked() {
      return disk !== undefined
    },
    allows(topic) {
      const limit = quota * (refused.has(topic) ? QUOTA_SHARE[topic] - RESUME_MARGIN : QUOTA_SHARE[topic])
      if (used >= limit && !refused.has(topic)) trimDue()
      if (used >= limit) refused.add(topic)
      else refused.delete(topic)
      return !refused.has(topic)
    },
    failed(error) {
      disk = toDiskFault(error, db.name)
      if (disk.code === 'disk-full') ballast.release()
    },
    setQuota(bytes) {
      quota = bytes
    },
    measure() {
      used = bytesInUse(db)
    },
    tick(at) {
      now = at
      if (disk) return recover()
      try {
        trimDue()
        giveBack()
        ballast.grow()
        refused.forEach((topic) => this.allows(topic))
      } catch (error) {
        this.failed(error)
      }
    },
  }
}
