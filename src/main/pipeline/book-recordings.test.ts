import { expect, test } from 'vitest'
import { toDecimal } from '../../shared/decimal.ts'
import type { Book, Level } from '../../shared/market.ts'
import { changesRule } from '../exchanges/binance/book.ts'
import { binance } from '../exchanges/binance/index.ts'
import type { BookRule, Decoded } from '../exchanges/exchange.ts'
import { isControl } from '../exchanges/exchange.ts'
import { hasSamples, sampleLines } from '../exchanges/testing/frames.ts'
import { createBook } from './book.ts'
import { createReferenceBook, toUpdate, toWhole } from './testing/books.ts'

interface Recording {
  readonly rule: BookRule
  readonly updates: readonly Decoded<Book>[]
  readonly whole: Decoded<Book>
}

/** Updates, REST's answer that came after `before` of them, and the rest of the updates; beside it the slow way. */
function replay({ rule, updates, whole }: Recording, before: number) {
  const fold = createBook(rule, () => undefined)
  const reference = createReferenceBook()
  reference.apply(whole.data)
  const from = Number(whole.data.sequence?.last)
  for (const { data } of updates) if (Number(data.sequence?.last) > from) reference.apply(data)
  const early = updates.slice(0, before).map((update) => fold.apply(update))
  const seeded = fold.seed(whole)
  const late = updates.slice(before).map((update) => fold.apply(update))
  const { bids, asks } = fold.top(10_000)
  const { bids: trueBids, asks: trueAsks } = reference.whole()
  return { early: new Set(early), seeded, late: new Set(late), sides: [bids, asks], reference: [trueBids, trueAsks] }
}

/** Binance: the REST book ends at 499869752, and the next update begins at 499869753. */
function ofBinance(): Recording {
  const decoded = sampleLines('binance', 'depth-resync-ws.jsonl').flatMap((frame) => binance.decode(frame))
  const [body = ''] = sampleLines('binance', 'depth-resync-rest.json')
  return {
    rule: changesRule,
    updates: decoded.filter((message): message is Decoded<Book> => !isControl(message) && message.data.kind === 'book'),
    whole: binance.rest.book('NKNUSDT').decode(body),
  }
}

interface GateBook {
  readonly id: number
  readonly U: number
  readonly u: number
  readonly b?: readonly Level[]
  readonly a?: readonly Level[]
  readonly bids: readonly Level[]
  readonly asks: readonly Level[]
}

/** Gate.io's `order_book_update`, which counts as Binance does: its adapter takes another stream. */
function ofGate(): Recording {
  const exact = (levels: readonly Level[] = []): Level[] =>
    levels.map(([price, size]) => [toDecimal(price), toDecimal(size)])
  const updates = sampleLines('gateio', 'order_book_update-resync-ws.jsonl').flatMap((line) => {
    const { event, result } = JSON.parse(line) as { event: string; result: GateBook }
    if (event !== 'update') return []
    const { U, u, b, a } = result
    return [toUpdate({ bids: exact(b), asks: exact(a) }, { first: String(U), last: String(u) })]
  })
  const { id, bids, asks } = JSON.parse(
    sampleLines('gateio', 'order_book_update-resync-rest.json').join(''),
  ) as GateBook
  const sequence = { last: String(id) }
  return {
    rule: changesRule,
    updates,
    whole: toWhole({ kind: 'book', snapshot: true, bids: exact(bids), asks: exact(asks), sequence }),
  }
}

test.each([
  ['Binance', ofBinance],
  ['Gate.io', ofGate],
])('A-14 the recorded start of %s joins its REST book onto the updates, whenever the answer came', (_, read) => {
  if (!hasSamples()) return
  const recording = read()
  const boundary = recording.updates.findIndex(
    ({ data }) => Number(data.sequence?.last) > Number(recording.whole.data.sequence?.last),
  )
  expect(boundary).toBeGreaterThan(0)
  for (const before of [1, boundary, boundary + 1, recording.updates.length]) {
    const { early, seeded, late, sides, reference } = replay(recording, before)
    expect([[...early], seeded, [...late].filter((outcome) => outcome === 'broke')]).toEqual([['kept'], true, []])
    expect(sides).toEqual(reference)
  }
})

test('A-14 an update lost from the recording of Binance breaks the book', () => {
  if (!hasSamples()) return
  const recording = ofBinance()
  const { late } = replay({ ...recording, updates: recording.updates.toSpliced(20, 1) }, 5)
  expect(late).toEqual(new Set(['told', 'broke', 'kept']))
})
