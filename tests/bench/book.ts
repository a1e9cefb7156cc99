import type { BookRule, Decoded } from '../../src/main/exchanges/exchange.ts'
import type { Book, Level } from '../../src/shared/market.ts'
import { BOOK_LEVELS } from '../../src/shared/market.ts'
import { createBook } from '../../src/main/pipeline/book.ts'
import { createRandom } from './market-records.ts'
import type { Measure } from './measure.ts'

const LEVELS = 1_000
const UPDATES = 20_000
const ROUNDS = 9

const rule: BookRule = {
  start: 'stream',
  depth: LEVELS,
  joins: (last, { previous }) => (previous === last ? 'apply' : 'broken'),
}

/** Updates of about six levels, most of them near the best price, as venues send them. */
function createUpdates(): { readonly whole: Decoded<Book>; readonly updates: readonly Decoded<Book>[] } {
  const random = createRandom(3)
  const level = (side: 1 | -1): Level => {
    const away = Math.floor(LEVELS * random() ** 4)
    const size = random() < 0.25 ? '0' : (random() * 3).toFixed(6).replace(/\.?0+$/, '')
    return [`${95_000 + side * (away + 1)}.5`, size === '' ? '0' : size]
  }
  const side = (direction: 1 | -1) =>
    Array.from({ length: LEVELS }, (_, index): Level => [`${95_000 + direction * (index + 1)}.5`, '1.25'])
  const updates = Array.from({ length: UPDATES }, (_, index): Decoded<Book> => {
    const changes = (direction: 1 | -1) => Array.from({ length: 1 + Math.floor(random() * 5) }, () => level(direction))
    return {
      market: 'BTC-USDT',
      at: 1_790_000_000_000 + index * 20,
      data: {
        kind: 'book',
        snapshot: false,
        bids: changes(-1),
        asks: changes(1),
        sequence: { last: String(index + 1), previous: String(index) },
      },
    }
  })
  const whole: Book = { kind: 'book', snapshot: true, bids: side(-1), asks: side(1), sequence: { last: '0' } }
  return { whole: { market: 'BTC-USDT', data: whole }, updates }
}

/** The order-book fold on a book of 1,000 levels a side, each update told with its top, against JSON.parse of the same updates. */
export function bookBench(): Record<string, Measure> {
  const { whole, updates } = createUpdates()
  const frames = updates.map((update) => JSON.stringify(update))
  const rates: number[] = []
  const ratios: number[] = []
  let seen = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const parsing = timeOf(() => {
      for (const frame of frames) seen += (JSON.parse(frame) as Decoded).market.length
    })
    const fold = createBook(rule, () => undefined)
    fold.apply(whole)
    const folding = timeOf(() => {
      for (const update of updates) if (fold.apply(update) === 'told') seen += fold.top(BOOK_LEVELS).bids.length
    })
    if (fold.state !== 'whole') throw new Error('The fold lost an update.')
    rates.push(UPDATES / (folding / 1_000))
    ratios.push(parsing / folding)
  }
  if (seen === 0) throw new Error('Nothing was folded.')
  return {
    'book.fold': { value: Math.round(medianOf(rates)), unit: 'updates/s' },
    'book.fold.share': { value: Number(medianOf(ratios).toFixed(2)), unit: 'ratio', of: 'JSON.parse' },
  }
}

function timeOf(run: () => void): number {
  const from = performance.now()
  run()
  return performance.now() - from
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[values.length >> 1] ?? 0
}
