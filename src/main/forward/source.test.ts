import { expect, test } from 'vitest'
import { encodeBatch } from '../../shared/wire.ts'
import { START, trade } from '../journal/fixtures.ts'
import type { Journal, StoredBatch } from '../journal/journal.ts'
import { MOST_BYTES, MOST_RECORDS, openSource } from './source.ts'

const place = { topic: 'tapedeck.trades.v1', partition: 0 }

/** A journal that holds batches of these sizes, of records with texts so long. */
function holding(counts: readonly number[], idLength = 1): Journal {
  let base = 0
  const batches = counts.map((count): StoredBatch => {
    const events = Array.from({ length: count }, (_, index) =>
      trade(String(base + index).padStart(idLength, '0'), START),
    )
    const batch = { ...place, base, count, minAt: START, maxAt: START, bytes: encodeBatch(events) }
    base += count
    return batch
  })
  const read: Journal['read'] = async (_place, offset, most) => {
    const found: StoredBatch[] = []
    for (const batch of batches) {
      if (batch.base + batch.count <= offset || found.reduce((sum, { count }) => sum + count, 0) >= most) continue
      found.push(batch)
    }
    return found
  }
  return { read } as Journal
}

async function chunks(journal: Journal, from: number) {
  const source = openSource(journal, place, from)
  const found: { first: number; end: number; records: number; bytes: number }[] = []
  for (let chunk = await source.next(); chunk; chunk = await source.next())
    found.push({ first: chunk.lines[0]!.offset, end: chunk.end, records: chunk.lines.length, bytes: chunk.bytes })
  return found
}

test('Small batches come together and large ones apart, each record once and in order', async () => {
  const found = await chunks(holding([3, 400, 2_500, 1, 1, 900]), 2)
  expect(found.map(({ first }) => first)).toEqual([2, ...found.slice(0, -1).map(({ end }) => end)])
  expect([found.at(-1)!.end, Math.max(...found.map(({ records }) => records)) <= MOST_RECORDS]).toEqual([3_805, true])
})

test('A chunk stays below the bytes of one request; a record that is larger comes alone', async () => {
  const found = await chunks(holding([8], MOST_BYTES / 3), 0)
  expect(found.map(({ records }) => records)).toEqual([2, 2, 2, 2])
  expect((await chunks(holding([3], MOST_BYTES + 1), 0)).map(({ records }) => records)).toEqual([1, 1, 1])
})

test('Where nothing is committed yet there is no chunk, and later there is', async () => {
  const source = openSource(holding([]), place, 0)
  expect(await source.next()).toBeUndefined()
})
