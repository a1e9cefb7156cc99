import { describe, expect, test } from 'vitest'
import { createRandom } from '../../../tests/bench/market-records.ts'
import type { Level } from '../../shared/market.ts'
import type { BookFold } from './book.ts'
import { createBook } from './book.ts'
import { asked, chained, counted, createReferenceBook, toUpdate, toWhole } from './testing/books.ts'

const ALL = 100_000
const unknown = () => undefined
const BREAKS = 1_000

/** A venue's book that changes, update by update, and how many of them a client has missed. */
function createStream(seed: number) {
  const random = createRandom(seed)
  const reference = createReferenceBook()
  let last = 100
  const level = (side: 1 | -1): Level => [
    String(1_000 + side * Math.floor(random() * 40)),
    random() < 0.3 ? '0' : String(1 + Math.floor(random() * 90)),
  ]
  return {
    random,
    reference,
    whole: () => toWhole(reference.whole({ last: String(last) })),
    next() {
      const previous = last
      last += 1 + Math.floor(random() * 3)
      const changes = { bids: [level(-1)], asks: [level(1), level(1)] }
      reference.apply(changes)
      return toUpdate(changes, { first: String(previous + 1), last: String(last), previous: String(previous) })
    },
  }
}

describe.each([
  ['counted', counted],
  ['chained', chained],
])('a %s stream', (_, rule) => {
  test('A-14 after 1,000 injected breaks the book equals the reference', () => {
    const { random, reference, whole, next } = createStream(7)
    const fold = createBook(rule, unknown)
    fold.apply(whole())
    let lost = 0
    let broke = 0
    while (broke < BREAKS) {
      const update = next()
      if (random() < 0.1) {
        lost += 1
        continue
      }
      if (fold.apply(update) !== 'broke') continue
      broke += 1
      expect(fold.state).toBe('broken')
      for (let late = Math.floor(random() * 4); late > 0; late -= 1) fold.apply(next())
      fold.apply(whole())
    }
    expect([lost >= broke, fold.top(ALL).bids, fold.top(ALL).asks]).toEqual([
      true,
      reference.whole().bids,
      reference.whole().asks,
    ])
  })
})

test('A-14 after 1,000 injected breaks a book that is asked for equals the reference, though answers are late or old', () => {
  const { random, reference, whole, next } = createStream(11)
  const fold: BookFold = createBook(asked, unknown)
  let broke = 0
  let tooOld = 0
  const resync = () => {
    for (;;) {
      const answer = whole()
      // What comes while the answer is on its way; now and then one of them is lost as well.
      for (let late = Math.floor(random() * 5); late > 0; late -= 1) {
        const update = next()
        if (random() > 0.1) fold.apply(update)
      }
      if (fold.seed(answer)) return
      tooOld += 1
    }
  }
  resync()
  while (broke < BREAKS) {
    const update = next()
    if (random() < 0.1) continue
    if (fold.apply(update) !== 'broke') continue
    broke += 1
    resync()
  }
  // A loss after the last update would show only with the next.
  if (fold.apply(next()) === 'broke') resync()
  expect(tooOld).toBeGreaterThan(10)
  expect([fold.state, fold.top(ALL).bids, fold.top(ALL).asks]).toEqual([
    'whole',
    reference.whole().bids,
    reference.whole().asks,
  ])
})
