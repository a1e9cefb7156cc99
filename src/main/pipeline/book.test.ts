import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Book, Instrument, Level } from '../../shared/market.ts'
import type { BookRule } from '../exchanges/exchange.ts'
import { createBook, isCrossed } from './book.ts'
import { asked, chained, counted, createReferenceBook, toUpdate, toWhole } from './testing/books.ts'

const ALL = 100_000
const unknown = () => undefined

function book(bids: readonly Level[], asks: readonly Level[], last?: number): Book {
  const sequence = last === undefined ? {} : { sequence: { last: String(last) } }
  return { kind: 'book', snapshot: true, bids, asks, ...sequence }
}
const sequence = (first: number, last = first) => ({ first: String(first), last: String(last) })

describe('the order-book fold', () => {
  test('A-16 the first whole book is the book, with or without a rule', () => {
    const first = book([['99', '1']], [['101', '2']], 7)
    for (const rule of [undefined, counted, chained, asked]) {
      const fold = createBook(rule, unknown)
      expect([fold.state, fold.apply(toWhole(first)), fold.state, fold.top(ALL)]).toEqual([
        'waiting',
        'told',
        'whole',
        first,
      ])
    }
  })

  test('a later whole book replaces the one before, also in the middle of the stream', () => {
    const fold = createBook(counted, unknown)
    fold.apply(toWhole(book([['99', '1']], [['101', '2']], 7)))
    const second = book([['98', '3']], [['99', '2']], 3)
    expect([fold.apply(toWhole(second)), fold.top(ALL)]).toEqual(['told', second])
  })

  test('changes mean nothing where no rule says how they join', () => {
    const fold = createBook(undefined, unknown)
    fold.apply(toWhole(book([['99', '1']], [['101', '2']])))
    expect(fold.apply(toUpdate({ bids: [['99', '5']], asks: [] }))).toBe('kept')
    expect(fold.top(ALL)).toEqual(book([['99', '1']], [['101', '2']]))
  })

  test('levels go in order: the same price twice in one message, size 0 removes, unknown removals are nothing', () => {
    const fold = createBook({ start: 'stream' }, unknown)
    fold.apply(toWhole(book([['99', '1']], [['101', '2']])))
    fold.apply(
      toUpdate({
        bids: [
          ['98', '4'],
          ['99', '0'],
          ['99', '7'],
          ['97', '0'],
        ],
        asks: [
          ['100.5', '1'],
          ['101', '3'],
          ['100.5', '0'],
        ],
      }),
    )
    expect(fold.top(ALL)).toEqual(
      book(
        [
          ['99', '7'],
          ['98', '4'],
        ],
        [['101', '3']],
      ),
    )
  })

  test('what is pushed below the depth of the subscription is forgotten', () => {
    const fold = createBook({ start: 'stream', depth: 2 }, unknown)
    fold.apply(
      toWhole(
        book(
          [
            ['99', '1'],
            ['98', '1'],
          ],
          [['101', '1']],
        ),
      ),
    )
    fold.apply(toUpdate({ bids: [['98.5', '1']], asks: [] }))
    fold.apply(toUpdate({ bids: [['98.5', '0']], asks: [] }))
    expect(fold.top(ALL).bids).toEqual([['99', '1']])
  })

  test('gives no more than the levels asked for', () => {
    const fold = createBook({ start: 'stream' }, unknown)
    fold.apply(
      toWhole(
        book(
          [
            ['9', '1'],
            ['8', '1'],
            ['7', '1'],
          ],
          [['10', '1']],
        ),
      ),
    )
    expect(fold.top(2)).toEqual(
      book(
        [
          ['9', '1'],
          ['8', '1'],
        ],
        [['10', '1']],
      ),
    )
  })

  test('updates before the stream’s first whole book have lost it', () => {
    const fold = createBook(counted, unknown)
    expect([fold.apply(toUpdate({ bids: [], asks: [] }, sequence(4))), fold.state]).toEqual(['broke', 'broken'])
  })

  test('an update without a number breaks a counted book', () => {
    const fold = createBook(counted, unknown)
    fold.apply(toWhole(book([], [], 7)))
    expect([fold.apply(toUpdate({ bids: [], asks: [] })), fold.reason]).toEqual(['broke', 'sequence'])
  })

  test('one that is broken from outside stays so until the next whole book', () => {
    const fold = createBook(counted, unknown)
    fold.apply(toWhole(book([['99', '1']], [], 7)))
    fold.break('lost')
    expect([fold.apply(toUpdate({ bids: [], asks: [] }, sequence(8))), fold.state, fold.reason]).toEqual([
      'kept',
      'broken',
      'lost',
    ])
    fold.apply(toWhole(book([['98', '1']], [], 9)))
    expect([fold.state, fold.reason]).toEqual(['whole', undefined])
  })

  test('A-15 a crossed book is said to be crossed, and stays as it is', () => {
    const fold = createBook(counted, unknown)
    fold.apply(toWhole(book([['99', '1']], [['101', '1']], 1)))
    expect(isCrossed(fold.top(1))).toBe(false)
    expect(fold.apply(toUpdate({ bids: [['101', '1']], asks: [] }, sequence(2)))).toBe('told')
    expect([fold.state, isCrossed(fold.top(1))]).toEqual(['whole', true])
    expect(isCrossed(book([], [['1', '1']]))).toBe(false)
  })
})

describe('a checksum', () => {
  const instrument: Instrument = { key: 'kraken:BTC/USD', venue: 'kraken', native: 'BTC', names: {}, status: 'trading' }
  const rule: BookRule = {
    start: 'stream',
    checksum: ({ bids, asks }) => [...bids, ...asks].map(([price, size]) => `${price}*${size}`).join(),
  }
  const first = { ...toWhole(book([['99', '1']], [['101', '2']])), checksum: '99*1,101*2' }

  test('A-15 is verified after each message: another one breaks the book', () => {
    const fold = createBook(rule, () => instrument)
    expect([
      fold.apply(first),
      fold.apply(toUpdate({ bids: [['99', '3']], asks: [] }, undefined, '99*3,101*2')),
      fold.apply(toUpdate({ bids: [['98', '1']], asks: [] }, undefined, '99*3,98*2,101*2')),
      fold.state,
      fold.reason,
      fold.apply(toUpdate({ bids: [['98', '2']], asks: [] }, undefined, '99*3,98*2,101*2')),
    ]).toEqual(['told', 'told', 'broke', 'broken', 'checksum', 'kept'])
  })

  test('A-15 of a whole book is verified too', () => {
    const fold = createBook(rule, () => instrument)
    expect([fold.apply({ ...first, checksum: '0' }), fold.state]).toEqual(['broke', 'broken'])
  })

  test('is left alone while the market’s precision is not known', () => {
    const fold = createBook({ ...rule, checksum: () => undefined }, () => instrument)
    expect([
      fold.apply({ ...first, checksum: '0' }),
      createBook(rule, unknown).apply({ ...first, checksum: '0' }),
    ]).toEqual(['told', 'told'])
  })
})

describe('a book that is asked for', () => {
  const change = (first: number, last: number, price: string) =>
    toUpdate({ bids: [[price, '1']], asks: [] }, sequence(first, last))

  test('drops the updates that are in it, and replays those that are not', () => {
    const fold = createBook(asked, unknown)
    const outcomes = [change(5, 6, '96'), change(7, 9, '97'), change(10, 10, '98')].map((each) => fold.apply(each))
    expect([...outcomes, fold.state]).toEqual(['kept', 'kept', 'kept', 'waiting'])
    expect([fold.seed(toWhole(book([['90', '1']], [], 8))), fold.state]).toEqual([true, 'whole'])
    expect(fold.top(ALL)).toEqual({
      ...book(
        [
          ['98', '1'],
          ['97', '1'],
          ['90', '1'],
        ],
        [],
      ),
      sequence: sequence(10),
    })
    expect(fold.apply(change(11, 12, '99'))).toBe('told')
  })

  test('may end right before the first update that is kept', () => {
    const fold = createBook(asked, unknown)
    fold.apply(change(9, 9, '97'))
    expect(fold.seed(toWhole(book([], [], 8)))).toBe(true)
  })

  test('is asked for again where it ends too early, and loses no update by that', () => {
    const fold = createBook(asked, unknown)
    fold.apply(change(7, 9, '97'))
    fold.apply(change(10, 10, '98'))
    expect([fold.seed(toWhole(book([], [], 4))), fold.state]).toEqual([false, 'waiting'])
    expect([fold.seed(toWhole(book([], [], 8))), fold.top(ALL).bids]).toEqual([
      true,
      [
        ['98', '1'],
        ['97', '1'],
      ],
    ])
  })

  test('begins with the update that did not join, once it broke', () => {
    const fold = createBook(asked, unknown)
    fold.seed(toWhole(book([], [], 4)))
    expect([fold.apply(change(7, 9, '97')), fold.reason]).toEqual(['broke', 'sequence'])
    expect([fold.seed(toWhole(book([], [], 6))), fold.top(ALL).bids]).toEqual([true, [['97', '1']]])
  })
})

const price = fc.integer({ min: 1, max: 60 }).map((value) => String(value / 4))
const size = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 1, max: 9 }).map(String) }, fc.constant('0'))
const levels = fc.array(fc.tuple(price, size), { maxLength: 8 })

test.each([undefined, 5])('random updates make the same book as the slow way, with depth %s', (depth) => {
  fc.assert(
    fc.property(
      levels,
      levels,
      fc.array(fc.record({ bids: levels, asks: levels }), { maxLength: 40 }),
      (b, a, changes) => {
        const reference = createReferenceBook(depth)
        const fold = createBook({ start: 'stream', ...(depth === undefined ? {} : { depth }) }, unknown)
        reference.apply({ bids: b, asks: a })
        fold.apply(toWhole(book(b, a)))
        expect(fold.top(ALL)).toEqual(reference.whole())
        for (const change of changes) {
          reference.apply(change)
          fold.apply(toUpdate(change))
          expect(fold.top(ALL)).toEqual(reference.whole())
        }
      },
    ),
  )
})

test('prices that differ behind the digits of a double are two levels', () => {
  const fold = createBook({ start: 'stream' }, unknown)
  const near = ['0.12345678901234567892', '0.12345678901234567891', '0.1234567890123456789'] as const
  fold.apply(toWhole(book([], [])))
  for (const each of [near[1], near[2], near[0]]) fold.apply(toUpdate({ bids: [[each, '1']], asks: [[each, '1']] }))
  fold.apply(toUpdate({ bids: [[near[1], '0']], asks: [[near[1], '2']] }))
  expect(fold.top(ALL)).toEqual(
    book(
      [
        [near[0], '1'],
        [near[2], '1'],
      ],
      [
        [near[2], '1'],
        [near[1], '2'],
        [near[0], '1'],
      ],
    ),
  )
})
