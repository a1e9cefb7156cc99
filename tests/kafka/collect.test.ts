import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TOPICS, topicName } from '../../src/shared/topics.ts'
import { decodeEvent } from '../../src/shared/wire.ts'
import { openJournal } from '../../src/main/journal/open-journal.ts'
import { run, tempFolder } from '../tapedeck.ts'
import type { Setup } from './setup.ts'
import { setup } from './setup.ts'

const TRADES = topicName(TOPICS.trades, true)
const MOST = 1_000_000

let kafka: Setup
const folder = tempFolder()
beforeAll(async () => {
  kafka = await setup()
})
afterAll(async () => {
  await kafka?.close()
  rmSync(folder, { recursive: true, force: true })
  rmSync(`${folder}-demo`, { recursive: true, force: true })
})

/** Records that the folder's journal holds of a partition, in order, and the journal's name. */
async function journaled(partition: number): Promise<{ readonly epoch: string; readonly records: readonly string[] }> {
  const journal = await openJournal({ file: join(`${folder}-demo`, 'journal.db'), demo: true, caps: { bytes: 1e9 } })
  try {
    const batches = await journal.read({ topic: TRADES, partition }, 0, MOST)
    return { epoch: journal.epoch, records: batches.flatMap(({ bytes }) => toText(bytes).trimEnd().split('\n')) }
  } finally {
    await journal.close()
  }
}

/** Records of one journal in a partition of the topic, in order: other tests write there too. */
async function forwarded(partition: number, epoch: string): Promise<readonly string[]> {
  const ends = await kafka.bus.admin.ends(TRADES)
  const { start = 0n, end = 0n } = ends.find((each) => each.partition === partition) ?? {}
  if (start === end) return []
  const found: string[] = []
  const aborter = new AbortController()
  for await (const { records } of kafka.bus.read(TRADES, partition, start, aborter.signal)) {
    for (const { value, headers } of records)
      if (value && toText(headers['record']).startsWith(`${epoch}/`)) found.push(toText(value))
    if ((records.at(-1)?.offset ?? -1n) + 1n >= end) aborter.abort()
  }
  return found
}

function toText(bytes: Uint8Array = new Uint8Array()): string {
  return Buffer.from(bytes).toString('utf8')
}

const isTrade = (record: string): boolean => decodeEvent(record).data.kind === 'trade'

test('a fresh collect forwards everything from its first record on: the topic holds what the journal holds', async () => {
  const { brokers } = kafka.profile
  const args = ['--demo', '--no-news', '--exchanges', 'upbit', '--rate', '300', '--seconds', '6', '--data', folder]
  const { code, said } = await run(['collect', '--bootstrap-servers', brokers.join(','), ...args])
  expect({ code, said: code === 0 ? '' : said }).toEqual({ code: 0, said: '' })
  let trades = 0
  for (let partition = 0; partition < TOPICS.trades.partitions; partition += 1) {
    const { epoch, records } = await journaled(partition)
    const sent = await forwarded(partition, epoch)
    // Clock records may follow that are the next run's to send.
    expect(sent).toEqual(records.slice(0, sent.length))
    expect(records.slice(sent.length).filter(isTrade)).toEqual([])
    trades += sent.filter(isTrade).length
  }
  expect(trades).toBeGreaterThan(300)
}, 120_000)
