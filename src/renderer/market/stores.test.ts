import { describe, expect, test } from 'vitest'
import type { BookRow, TickerRow } from '../../shared/market-view.ts'
import type { InstrumentKey } from '../../shared/market.ts'
import { createBookStore } from './book-store.ts'
import { createCells } from './cells.ts'
import { createFocusStore } from './focus-store.ts'
import { createFollows } from './follows.ts'
import { createSparksStore } from './sparks-store.ts'
import { createTickersStore } from './tickers-store.ts'
import { createWatchlist } from './watchlist.ts'

const BTC: InstrumentKey = 'upbit:BTC/KRW'
const ETH: InstrumentKey = 'upbit:ETH/KRW'
const XRP: InstrumentKey = 'upbit:XRP/KRW'

const ticker = (change: Partial<TickerRow>): TickerRow => ({
  instrument: BTC,
  at: 100,
  receivedAt: 110,
  last: '102',
  open24h: '100',
  change: '0.02',
  origin: 'stream',
  ...change,
})

test('a change under one key is told to that key alone', () => {
  const cells = createCells<string, number>()
  const told: string[] = []
  cells.subscribe('a', () => told.push('a'))
  const leave = cells.subscribe('b', () => told.push('b'))
  cells.set('a', 1)
  cells.set('b', 2)
  leave()
  cells.set('b', 3)
  cells.clear()
  expect([told, cells.get('b')]).toEqual([['a', 'b', 'a'], undefined])
})

describe('tickers', () => {
  test('an older ticker never replaces a newer one', () => {
    const store = createTickersStore()
    store.apply([ticker({ receivedAt: 200, last: '105' }), ticker({ receivedAt: 150, last: '90' })])
    expect(store.get(BTC)?.last).toBe('105')
  })

  test('a newer trade is the last price, and the change follows where it is measured against the price 24 h ago', () => {
    const store = createTickersStore()
    store.apply([ticker({})])
    store.applyTrade(BTC, { id: '1', at: 101, price: '103', size: '1', origin: 'stream' })
    expect(store.get(BTC)).toEqual({
      instrument: BTC,
      at: 101,
      receivedAt: 110,
      last: '103',
      open24h: '100',
      origin: 'stream',
    })
    store.applyTrade(BTC, { id: '0', at: 50, price: '1', size: '1', origin: 'stream' })
    expect(store.get(BTC)?.last).toBe('103')
  })

  test('the change of the venue’s own trading day stays as it was told', () => {
    const store = createTickersStore()
    store.apply([ticker({ change: '0.5' })])
    store.applyTrade(BTC, { id: '1', at: 101, price: '103', size: '1', origin: 'stream' })
    expect(store.get(BTC)?.change).toBe('0.5')
  })
})

test('A-16 the first book after a market is chosen is shown as it comes; a former market’s book never is', () => {
  const book = (change: Partial<BookRow>): BookRow => ({
    instrument: BTC,
    at: 1,
    receivedAt: 1,
    bids: [['99', '1']],
    asks: [['101', '1']],
    stale: false,
    crossed: false,
    ...change,
  })
  const store = createBookStore()
  store.reset(BTC)
  store.apply(book({}))
  expect(store.getState().book).toEqual(book({}))
  store.apply(book({ receivedAt: 0, crossed: true }))
  store.apply(undefined)
  expect(store.getState().book).toEqual(book({}))
  store.reset(ETH)
  store.apply(book({ receivedAt: 5 }))
  expect(store.getState()).toEqual({ focus: ETH })
})

describe('the focus', () => {
  test('is what was remembered, else the first of the watch list, and is restored once', () => {
    const store = createFocusStore(() => undefined)
    store.restore({ instrument: undefined, interval: 5_000 }, [])
    expect(store.getState()).toEqual({ interval: 5_000 })
    store.restore({ instrument: undefined, interval: 60_000 }, [ETH, BTC])
    expect(store.getState()).toEqual({ instrument: ETH, interval: 5_000 })
    store.restore({ instrument: BTC, interval: 1_000 }, [ETH, BTC])
    expect(store.getState()).toEqual({ instrument: ETH, interval: 5_000 })
  })

  test('A-65 follows the first of a default list that still grows, until a market is opened', () => {
    const store = createFocusStore(() => undefined)
    const none = { instrument: undefined, interval: 60_000 }
    store.restore(none, [ETH], true)
    store.restore(none, [BTC, ETH], true)
    expect(store.getState().instrument).toBe(BTC)
    store.restore(none, [], true)
    expect(store.getState().instrument).toBe(BTC)
    store.openMarket(ETH)
    store.restore(none, [BTC, ETH], true)
    expect(store.getState().instrument).toBe(ETH)
  })

  test('each choice is remembered, steps end at the shortest and the longest interval', () => {
    const remembered: unknown[] = []
    const store = createFocusStore((focus) => remembered.push(focus))
    store.openMarket(BTC)
    store.openMarket(BTC)
    store.setInterval(1_000)
    store.stepInterval(-1)
    store.stepInterval(1)
    expect(remembered).toEqual([
      { instrument: BTC, interval: 60_000 },
      { instrument: BTC, interval: 1_000 },
      { instrument: BTC, interval: 5_000 },
    ])
  })

  test('an interval that no chart offers is not restored', () => {
    const store = createFocusStore(() => undefined)
    store.restore({ instrument: BTC, interval: 1_234 }, [])
    expect(store.getState().interval).toBe(60_000)
  })
})

test('what several panels follow is asked once, as one list', async () => {
  const asked: (readonly InstrumentKey[])[] = []
  const follows = createFollows((keys) => asked.push(keys))
  follows.set('watchlist', [ETH, BTC])
  follows.set('venues', [BTC])
  await Promise.resolve()
  follows.set('venues', [ETH])
  await Promise.resolve()
  follows.set('watchlist', [])
  await Promise.resolve()
  expect(asked).toEqual([[BTC, ETH], [ETH]])
})

function open(keys: readonly InstrumentKey[]) {
  let list = keys
  const watchlist = createWatchlist(
    () => list,
    async (next) => {
      list = next
    },
  )
  return { watchlist, list: () => list }
}

describe('the watch list', () => {
  test('a removed market comes back to its place, and what was added since stays', async () => {
    const { watchlist, list } = open([BTC, ETH])
    const undo = await watchlist.remove([BTC])
    await watchlist.add([XRP, ETH])
    expect(list()).toEqual([ETH, XRP])
    await undo()
    expect(list()).toEqual([BTC, ETH, XRP])
  })

  test('a market moves to the place of another', async () => {
    const { watchlist, list } = open([BTC, ETH, XRP])
    await watchlist.move(BTC, XRP)
    expect(list()).toEqual([ETH, XRP, BTC])
    await watchlist.move(BTC, ETH)
    await watchlist.move(BTC, 'okx:BTC/USDT')
    expect(list()).toEqual([BTC, ETH, XRP])
  })
})

test('sparks are asked for once while they are young, and again some time after a failure', async () => {
  const asked: InstrumentKey[][] = []
  let fail = true
  const sparks = createSparksStore(async (keys) => {
    asked.push(keys)
    if (fail) throw new Error('away')
    return { [BTC]: [1, 2] }
  })
  sparks.see([BTC], 0)
  await new Promise((resolve) => setTimeout(resolve, 0))
  fail = false
  sparks.see([BTC], 59_000)
  sparks.see([BTC], 60_000)
  await new Promise((resolve) => setTimeout(resolve, 0))
  sparks.see([BTC], 120_000)
  expect([asked, sparks.get(BTC)]).toEqual([
    [[BTC], [BTC]],
    [1, 2],
  ])
})
