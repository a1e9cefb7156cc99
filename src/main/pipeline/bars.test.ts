import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { createRecords } from '../../../tests/bench/market-records.ts'
import { barOf, openOf, toPrint } from '../../shared/bars.ts'
import { divideDecimals, multiplyDecimals, sumDecimals } from '../../shared/exact.ts'
import type { MarketEvent, Trade } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import { encodeEvent } from '../../shared/wire.ts'
import { createBarsFold } from './bars.ts'
import { MARKET, START, clock, clocks, fold, gap, holding, told, trade } from './testing/records.ts'

function tradesOf(events: readonly MarketEvent[]): MarketEvent<Trade>[] {
  return events.filter((event) => event.data.kind === 'trade') as MarketEvent<Trade>[]
}

function byName(rows: (string | number | undefined)[][]) {
  return rows.toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1))
}

test('A-17 over an hour of trades every second equals a recomputation from the raw trades, digit for digit', () => {
  const events = createRecords({ trades: 28_800, perSecond: 8, start: START })
  const bySecond = new Map<string, MarketEvent<Trade>[]>()
  for (const event of tradesOf(events)) {
    const name = `${event.instrument} ${openOf(event.at, SECOND)}`
    bySecond.set(name, [...(bySecond.get(name) ?? []), event])
  }
  const expected = [...bySecond].map(([name, trades]) => {
    const volume = sumDecimals(trades.map(({ data }) => data.size))
    const quoteVolume = sumDecimals(trades.map(({ data }) => multiplyDecimals(data.price, data.size)))
    const average = divideDecimals(sumDecimals(trades.map(({ data }) => data.price)), String(trades.length))
    return [name, average, volume, trades.length, divideDecimals(quoteVolume, volume)]
  })
  const bars = fold(events, 500).output.filter(({ data }) => data.state === 'traded')
  const made = bars.map(({ instrument, data }) => [
    `${instrument} ${data.openAt}`,
    data.avgPrice,
    data.volume,
    data.trades,
    data.vwap,
  ])
  expect(byName(made)).toEqual(byName(expected))
  expect(made.length).toBeGreaterThan(10_000)
})

test('A-18 3,600 seconds make 3,600 slots on whole seconds, with no drift', () => {
  const events = Array.from({ length: 3_600 }, (_, second) => [
    trade(second * 1_000 + ((second * 37) % 1_000)),
    clock(second * 1_000 + 1_004),
  ])
  const { output } = fold([...events.flat(), clock(3_602_999)], 64)
  expect(output.map(({ at, data }) => [at, data.openAt, data.trades])).toEqual(
    Array.from({ length: 3_600 }, (_, second) => [START + second * 1_000, START + second * 1_000, 1]),
  )
})

test('A-18 a stall of three seconds does not merge seconds', () => {
  const flowing = [trade(100), trade(1_100), trade(2_100)]
  const buffered = [trade(3_100), trade(4_100), trade(5_100), trade(6_100)].map((event) => ({
    ...event,
    receivedAt: START + 6_200,
  }))
  expect(told(fold([...flowing, clock(2_200), ...buffered, clock(6_200), clock(9_000)]).output)).toEqual(
    [0, 1, 2, 3, 4, 5, 6].map((second) => `${second} traded r0 ×1`),
  )
})

test('A-19 a trade up to two seconds late is counted in its own second', () => {
  expect(told(fold([trade(100), clock(2_999), trade(900), clock(3_000)]).output)).toEqual(['0 traded r0 ×2'])
})

test('A-19 a trade later than that makes its bar again with the next revision', () => {
  const { output, late } = fold([
    trade(100, { price: '10' }),
    clock(3_000),
    trade(900, { price: '30' }),
    trade(50, { price: '20' }),
    clock(4_000),
  ])
  expect(late).toEqual([])
  expect(told(output)).toEqual(['0 traded r0 ×1', '0 traded r1 ×3', '1 quiet r0'])
  expect(output[1]?.data).toEqual({
    kind: 'bar',
    interval: SECOND,
    openAt: START,
    revision: 1,
    state: 'traded',
    open: '20',
    high: '30',
    low: '10',
    close: '30',
    vwap: '20',
    avgPrice: '20',
    priceSum: '60',
    volume: '3',
    quoteVolume: '60',
    buyVolume: '0',
    trades: 3,
  })
})

test('A-19 the volume of all bars equals the sum of the raw trades, however late they come', () => {
  const events = tradesOf(createRecords({ trades: 20_000, perSecond: 100, seed: 5, start: START }))
  const arrivals = events
    .map((event, index) => ({
      event,
      arrival: event.at + (index > 1_000 && index % 9 === 0 ? (index * 7_919) % 60_000 : 40),
    }))
    .toSorted((a, b) => a.arrival - b.arrival)
  const records: MarketEvent[] = []
  let tick = START + 1_000
  for (const { event, arrival } of arrivals) {
    for (; tick <= arrival; tick += 1_000) records.push(clockOfAll(tick))
    records.push({ ...event, receivedAt: arrival })
  }
  for (const end = tick + 5_000; tick <= end; tick += 1_000) records.push(clockOfAll(tick))
  const { output, late } = fold(records, 333)
  const bars = [...holding(output).values()].filter(({ data }) => data.trades !== undefined)
  expect(late).toEqual([])
  expect(output.some(({ data }) => data.revision > 1)).toBe(true)
  expect(sumDecimals(bars.map(({ data }) => data.volume!))).toBe(sumDecimals(events.map(({ data }) => data.size)))
  expect(bars.reduce((sum, { data }) => sum + data.trades!, 0)).toBe(events.length)
})

function clockOfAll(at: number): MarketEvent {
  const venues = ['upbit', 'bithumb', 'coinone', 'korbit', 'okx', 'bybit', 'gateio', 'binance', 'kraken', 'coinbase']
  return {
    ...clock(at - START),
    data: { kind: 'clock', watermarks: Object.fromEntries(venues.map((venue) => [venue, at - 20])) },
  }
}

test('A-19 a trade for a second that is out of memory is reported, and the stored trades make its bar again', () => {
  const first = trade(100, { price: '10' })
  const last = trade(900, { price: '30' })
  const { output, late } = fold([first, ...clocks(3, 700), last, clock(701_000)], 50)
  expect(late).toEqual([{ instrument: MARKET, openAt: START, cursor: 693 }])
  const stored = output[0]!.data
  expect(barOf([first, last].map(toPrint), SECOND, START, stored.revision + 1)).toMatchObject({
    revision: 1,
    open: '10',
    close: '30',
    volume: '2',
    trades: 2,
  })
})

test('A-19 sums beyond the memory budget are let go: a trade for them is reported, others are corrected in memory', () => {
  const seconds = Array.from({ length: 450 }, (_, second) => [
    ...Array.from({ length: 50 }, (_each, market) => trade(second * 1_000, { instrument: `upbit:M${market}/KRW` })),
    clock(second * 1_000 + 999),
  ])
  const old = trade(500, { instrument: 'upbit:M1/KRW' })
  const recent = trade(440_500, { instrument: 'upbit:M1/KRW' })
  const { output, late } = fold([...seconds.flat(), old, recent, clock(450_000)], 500)
  expect(late.map(({ instrument, openAt }) => [instrument, openAt])).toEqual([['upbit:M1/KRW', START]])
  expect(told(output.filter(({ data }) => data.revision > 0))).toEqual(['440 traded r1 ×2'])
})

test('a second that a run begins in the middle of is reported once it is closed, and whole ones are told', () => {
  const bars = createBarsFold({ owns: () => true })
  const apply = (base: number, ...events: MarketEvent[]) => bars.apply({ topic: 'trades', partition: 0, base, events })
  const listing = { ...clock(10_200), data: { ...clock(10_200).data, watched: { [MARKET]: [] } } }
  expect(apply(500, listing, trade(10_300), trade(12_100), clock(12_500))).toEqual({
    output: [],
    late: [],
    cursor: 500,
  })
  const { output, late } = apply(504, clock(13_000), clock(15_000))
  expect(late).toEqual([{ instrument: MARKET, openAt: START + 10_000, cursor: 500 }])
  expect(told(output)).toEqual(['12 traded r0 ×1'])
})

test('a trade that comes twice is counted once, before its second closes and after', () => {
  const events = [trade(100, { id: 'a' }), trade(100, { id: 'a' }), clock(3_000), trade(100, { id: 'a' }), clock(4_000)]
  expect(told(fold(events).output)).toEqual(['0 traded r0 ×1', '1 quiet r0'])
})

test('A-20 a second without trades is quiet while watched, missing where a gap touches it, and holds no price', () => {
  const { output } = fold([trade(100), gap(2_500, undefined), gap(2_500, 4_100), trade(5_500), clock(9_000)])
  expect(told(output)).toEqual([
    '0 traded r0 ×1',
    '1 quiet r0',
    '2 missing r0',
    '3 missing r0',
    '4 missing r0',
    '5 traded r0 ×1',
    '6 quiet r0',
  ])
  expect(output[2]).toEqual({
    instrument: MARKET,
    at: START + 2_000,
    receivedAt: START + 9_000,
    origin: 'stream',
    data: { kind: 'bar', interval: SECOND, openAt: START + 2_000, revision: 0, state: 'missing' },
  })
})

test('A-20 nothing is said of seconds in which nobody watched or Tapedeck did not run', () => {
  const watched = [trade(100), gap(1_500, undefined, 'unwatched'), ...clocks(3, 8)]
  const again = [
    gap(1_500, 9_200, 'unwatched'),
    gap(9_200, undefined, 'connecting'),
    gap(9_200, 9_800, 'connecting'),
    ...clocks(9, 13),
  ]
  expect(told(fold([...watched, ...again]).output)).toEqual(['0 traded r0 ×1', '10 quiet r0'])
  expect(told(fold([trade(100), clock(1_200), gap(1_200, 60_300, 'engine-down'), ...clocks(61, 64)]).output)).toEqual([
    '0 traded r0 ×1',
    '61 quiet r0',
  ])
})

test('A-20 a gap that is known late makes quiet seconds missing, with the next revision', () => {
  const { output } = fold([trade(100), ...clocks(3, 8), gap(2_000, undefined, 'silent'), clock(9_000)])
  expect(told(output)).toEqual([
    '0 traded r0 ×1',
    ...[1, 2, 3, 4, 5].map((second) => `${second} quiet r0`),
    ...[2, 3, 4, 5].map((second) => `${second} missing r1`),
    '6 missing r0',
  ])
})

test('A-20 a gap that turns out to have ended earlier gives its quiet seconds back', () => {
  const { output } = fold([trade(100), gap(1_000, undefined), ...clocks(3, 7), gap(1_000, 2_500), clock(8_000)])
  expect(told(output)).toEqual([
    '0 traded r0 ×1',
    ...[1, 2, 3, 4].map((second) => `${second} missing r0`),
    '3 quiet r1',
    '4 quiet r1',
    '5 quiet r0',
  ])
})

test('A-53 trades fetched later fill missing seconds and are marked', () => {
  const fetched = trade(2_300, { origin: 'backfill', price: '7' })
  const { output } = fold([trade(100), gap(1_100, undefined), ...clocks(3, 6), fetched, clock(7_000)])
  expect(told(output).slice(-2)).toEqual(['2 backfilled r1 ×1', '4 missing r0'])
  expect(output.at(-2)?.origin).toBe('backfill')
})

test('a new run of the engine ends the gaps that the one before left open', () => {
  const events = [trade(100), gap(1_000, undefined), clock(1_500), gap(1_500, 5_000, 'engine-down'), ...clocks(6, 9)]
  expect(told(fold(events).output)).toEqual(['0 traded r0 ×1', '5 quiet r0', '6 quiet r0'])
})

test('after a long stop only seconds with trades and the last ten minutes are written', () => {
  const { output } = fold([trade(100), gap(1_000, undefined, 'halted'), trade(2_000_500), clock(3_600_000)])
  expect(told(output).slice(0, 3)).toEqual(['0 traded r0 ×1', '2000 traded r0 ×1', '2998 missing r0'])
  expect(output).toHaveLength(602)
})

test('trades of a market’s first seconds may come out of order', () => {
  expect(told(fold([trade(2_100), trade(900), clock(6_000)]).output)).toEqual([
    '0 traded r0 ×1',
    '1 quiet r0',
    '2 traded r0 ×1',
    '3 quiet r0',
  ])
})

test('a trade with an absurd date stays out of the way', () => {
  const { output, cursor } = fold([trade(100), { ...trade(10 ** 12), receivedAt: START + 200 }, ...clocks(1, 20)])
  expect(told(output).slice(0, 2)).toEqual(['0 traded r0 ×1', '1 quiet r0'])
  expect(cursor).toBeGreaterThan(10)
})

test('a venue that has no collector any more gets its open seconds closed', () => {
  const others = Array.from({ length: 70 }, (_, second): MarketEvent => {
    return {
      ...clock((second + 1) * 1_000),
      data: { kind: 'clock', watermarks: { okx: START + (second + 1) * 1_000 } },
    }
  })
  const { output, cursor } = fold([trade(100), clock(500), ...others])
  expect(told(output)).toEqual(['0 traded r0 ×1'])
  expect(cursor).toBeGreaterThan(50)
})

test('A-52 the same records give the same bars, however they are cut into batches', () => {
  const events = createRecords({ trades: 5_000, perSecond: 200, seed: 9 })
  const hashes = [1, 7, 500, events.length].map((size) => {
    const hash = createHash('sha256')
    for (const event of fold(events, size).output) hash.update(encodeEvent(event))
    return hash.digest('hex')
  })
  expect(new Set(hashes).size).toBe(1)
})
