import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Verdict } from '../faults/history-checker.ts'
import { checkRecords } from '../faults/kafka-records.ts'
import { killRun, leaderRun, outageRun } from '../faults/kafka-runs.ts'
import type { Cluster } from './cluster.ts'
import { useCluster } from './cluster.ts'

/** The statements in short; `npm run faults` runs them as they are written. */
const RATE = 2_000
const SECONDS = 5

const faultless = (verdict: Verdict) => {
  const { lost, reordered, invented, samples } = verdict
  return { lost, reordered, invented, samples: samples.filter((sample) => !sample.startsWith('doubled')) }
}
const FAULTLESS = { lost: 0, reordered: 0, invented: 0, samples: [] }
/** The emulator is asked for less than the app has seen. */
const lost = ({ lost, samples }: Verdict) => ({ lost, samples: samples.filter((sample) => sample.startsWith('lost')) })

describe('with one broker', () => {
  let cluster: Cluster
  beforeAll(async () => {
    cluster = await useCluster({ nodes: 1 })
  }, 180_000)
  afterAll(() => cluster.close())

  test('A-26 A-29 A-31 a broker stopped under load costs nothing: all is in the topic, in order per key, and in the store once', async () => {
    const outcome = await outageRun(cluster, RATE, SECONDS)
    console.log(
      `${outcome.topic.expected} records, ${outcome.outbox} waited, drained in ${outcome.drained} ms, ${outcome.topic.doubled} repeated`,
    )
    expect(faultless(outcome.topic)).toEqual(FAULTLESS)
    expect(lost(outcome.emulator)).toEqual({ lost: 0, samples: [] })
    expect({ ...faultless(outcome.store), doubled: outcome.store.doubled, dropped: outcome.dropped }).toMatchObject({
      lost: 0,
      invented: 0,
      doubled: 0,
      dropped: 0,
    })
    expect(outcome.topic.expected).toBeGreaterThan(RATE * SECONDS)
    expect(outcome.outbox).toBeGreaterThan(0)
    expect(checkRecords(outcome)).toEqual({
      checked: outcome.records.length,
      misplaced: 0,
      altered: 0,
      mistimed: 0,
      unlabelled: 0,
    })
  }, 240_000)

  test('A-27 killed in the middle of it the app loses nothing that it had committed, and says when nobody was watching', async () => {
    const outcome = await killRun(cluster, RATE, SECONDS)
    console.log(
      `${outcome.topic.expected} records, ${outcome.topic.doubled} repeated, committed within ${outcome.uncommitted.most} ms`,
    )
    expect(faultless(outcome.topic)).toEqual(FAULTLESS)
    expect(lost(outcome.emulator)).toEqual({ lost: 0, samples: [] })
    expect(outcome.store).toMatchObject({ lost: 0, doubled: 0, invented: 0 })
    expect(outcome.gaps.length).toBeGreaterThan(0)
    for (const { since, until } of outcome.gaps) {
      expect(since).toBeLessThanOrEqual(outcome.down.from)
      expect(until ?? Infinity).toBeGreaterThan(outcome.down.from)
    }
  }, 240_000)
})

test('A-30 of three brokers the leader is killed in mid-batch: nothing is lost, and the store holds each trade once', async () => {
  const cluster = await useCluster({ nodes: 3 })
  try {
    const outcome = await leaderRun(cluster, RATE / 2, 1)
    console.log(
      `${outcome.topic.expected} records, ${outcome.topic.doubled} repeated, drained in ${outcome.drained} ms`,
    )
    expect(faultless(outcome.topic)).toEqual(FAULTLESS)
    expect(lost(outcome.emulator)).toEqual({ lost: 0, samples: [] })
    expect(outcome.store).toMatchObject({ lost: 0, doubled: 0, invented: 0 })
  } finally {
    await cluster.close()
  }
}, 360_000)
