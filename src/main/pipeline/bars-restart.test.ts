import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../../../tests/bench/market-records.ts'
import { barOf, openOf, toPrint } from '../../shared/bars.ts'
import type { Bar, Gap, InstrumentKey, MarketEvent, Millis, Trade } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import { createBarsFold } from './bars.ts'
import type { LateSecond } from './bars.ts'
import { START, holding } from './testing/records.ts'
import { createClock } from './watermarks.ts'

const MARKETS: readonly InstrumentKey[] = ['upbit:BTC/KRW', 'upbit:QTUM/KRW', 'okx:BTC/USDT', 'okx:SOL/USDT']
/** Chance of a trade in a fifth of a second: a busy market, a quiet one, one that hardly ever trades. */
const CHANCES = [0.9, 0.1, 0.5, 0.01]
const STEP = 200
const LENGTH = 60 * SECOND

/**
 * A minute of one partition: trades, some late, some twice, gaps that open and close, and the clock records of one
 * collector, or of two that collect a venue each.
 */
function createStream(seed: number, collectors: 1 | 2 = 1): MarketEvent[] {
  const random = createRandom(seed)
  const events: MarketEvent[] = []
  const delayed: { readonly arrival: Millis; readonly event: MarketEvent<Trade> }[] = []
  const open = new Map<InstrumentKey, Gap>()
  const clocks = Array.from({ length: collectors }, () => createClock())
  const push = (event: MarketEvent) => {
    clocks[event.instrument.startsWith('okx') ? collectors - 1 : 0]!.observe([event])
    events.push(event)
  }
  const tell = (instrument: InstrumentKey, at: Millis, data: Gap) =>
    push({ instrument, at: data.since, receivedAt: at, origin: 'stream', data })
  const begin = (instrument: InstrumentKey, at: Millis, reason: Gap['reason']) => {
    const gap: Gap = { kind: 'gap', since: at, reason }
    open.set(instrument, gap)
    tell(instrument, at, gap)
  }
  const end = (instrument: InstrumentKey, at: Millis) => {
    const gap = open.get(instrument)
    if (gap !== undefined) tell(instrument, at, { ...gap, until: at })
    open.delete(instrument)
  }

  for (let at = START; at < START + LENGTH; at += STEP) {
    for (const [index, instrument] of MARKETS.entries()) {
      if (at === START + index * 1_200) begin(instrument, at, 'connecting')
      const gap = open.get(instrument)
      const isWatched = at >= START + index * 1_200
      if (gap !== undefined && random() < 0.1) end(instrument, at)
      else if (gap === undefined && isWatched && random() < 0.01)
        begin(instrument, at, random() < 0.3 ? 'unwatched' : 'disconnected')
      if (!isWatched || open.has(instrument) || random() > CHANCES[index]!) continue
      const data: Trade = { kind: 'trade', id: `${at}`, price: String(100 + Math.floor(random() * 10)), size: '0.25' }
      const delay = random() < 0.05 ? Math.floor(random() * 12_000) : Math.floor(random() * 150)
      delayed.push({ arrival: at + delay, event: { instrument, at, receivedAt: at + delay, origin: 'stream', data } })
      if (random() < 0.03)
        delayed.push({ arrival: at + 5_000, event: { instrument, at, receivedAt: at + 5_000, origin: 'stream', data } })
    }
    delayed.sort((a, b) => a.arrival - b.arrival)
    while (delayed[0] !== undefined && delayed[0].arrival <= at) push(delayed.shift()!.event)
    for (const [index, clock] of clocks.entries()) {
      if ((at - START) % SECOND !== index * 400) continue
      const both = { upbit: at - 30, okx: at - 90 }
      const record = clock.tick(collectors === 1 ? both : index === 0 ? { upbit: both.upbit } : { okx: both.okx }, at)
      if (record !== undefined) events.push(record)
    }
  }
  // What comes after the last clock record is not told yet.
  return events.slice(0, events.findLastIndex((event) => event.data.kind === 'clock') + 1)
}

/** What a reader of the output holds in the end: the fold's bars, and those made again from the stored trades. */
class Reader {
  private readonly output: MarketEvent<Bar>[] = []

  take(output: readonly MarketEvent<Bar>[], late: readonly LateSecond[], stored: readonly MarketEvent[]): void {
    this.output.push(...output)
    for (const { instrument, openAt } of late) {
      const known = holding(this.output).get(`${instrument} ${openAt}`)
      const trades = stored.filter(
        (event): event is MarketEvent<Trade> =>
          event.data.kind === 'trade' && event.instrument === instrument && openOf(event.at, SECOND) === openAt,
      )
      const revision = known === undefined ? 0 : known.data.revision + 1
      const data = barOf(trades.map(toPrint), SECOND, openAt, revision)!
      if (known !== undefined && valuesOf(known.data) === valuesOf(data)) continue
      this.output.push({ instrument, at: openAt, receivedAt: 0, origin: 'stream', data })
    }
  }

  /** Market and second of each bar with what it says, without its revision. */
  bars(): string[] {
    return [...holding(this.output)].map(([name, { data }]) => `${name} ${valuesOf(data)}`).toSorted()
  }

  /** Bars that were told under one name in two ways. */
  contradictions(): string[] {
    const names = new Map<string, string>()
    const found: string[] = []
    for (const { instrument, data } of this.output) {
      const name = `${instrument} ${data.openAt} r${data.revision}`
      if ((names.get(name) ?? valuesOf(data)) !== valuesOf(data)) found.push(name)
      names.set(name, valuesOf(data))
    }
    return found
  }
}

function valuesOf({ revision: _revision, ...bar }: Bar): string {
  return JSON.stringify(bar)
}

/** Folds in batches; after those named in `crashes` a new run begins at the committed cursor. */
function run(events: readonly MarketEvent[], size: number, crashes: ReadonlySet<number>): Reader {
  const reader = new Reader()
  let bars = createBarsFold({ owns: () => true })
  let cursor = 0
  let base = 0
  let stored = 0
  for (let batch = 0; base < events.length; batch += 1) {
    const next = Math.min(base + size, events.length)
    const folded = bars.apply({ topic: 'trades', partition: 0, base, events: events.slice(base, next) })
    stored = Math.max(stored, next) // the store did not lose what was folded before the crash
    reader.take(folded.output, folded.late, events.slice(0, stored))
    cursor = folded.cursor
    base = next
    if (!crashes.has(batch)) continue
    bars = createBarsFold({ owns: () => true })
    base = cursor
  }
  return reader
}

const seeds = fc.integer({ min: 1, max: 1_000_000 })
const batches = fc.integer({ min: 1, max: 60 })
const crashes = fc.uniqueArray(fc.nat(60), { maxLength: 4 })

test('A-27 a run that is broken off anywhere and resumed at its cursor tells the same bars as one that was not', () => {
  fc.assert(
    fc.property(seeds, batches, crashes, (seed, size, after) => {
      const events = createStream(seed)
      const broken = run(events, size, new Set(after))
      expect(broken.contradictions()).toEqual([])
      expect(broken.bars()).toEqual(run(events, size, new Set()).bars())
    }),
    { numRuns: 100, seed: 27 },
  )
})

function isTraded(bar: string): boolean {
  return bar.includes('"trades"')
}

test('A-27 so it is with two collectors in one partition, but for seconds without trades', () => {
  fc.assert(
    fc.property(seeds, batches, crashes, (seed, size, after) => {
      const events = createStream(seed, 2)
      const broken = run(events, size, new Set(after))
      expect(broken.contradictions()).toEqual([])
      expect(broken.bars().filter(isTraded)).toEqual(run(events, size, new Set()).bars().filter(isTraded))
    }),
    { numRuns: 100, seed: 28 },
  )
})

test('A-19 in the end every second holds exactly its trades', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const events = createStream(seed)
      const trades = events.filter((event): event is MarketEvent<Trade> => event.data.kind === 'trade')
      const ends = events.at(-1)!.at - 4 * SECOND
      const bySecond = Map.groupBy(trades, (event) => `${event.instrument} ${openOf(event.at, SECOND)}`)
      const expected = [...bySecond.values()]
        .filter(([first]) => first!.at < ends)
        .map(
          (each) =>
            `${each[0]!.instrument} ${openOf(each[0]!.at, SECOND)} ${valuesOf(barOf(each.map(toPrint), SECOND, openOf(each[0]!.at, SECOND), 0)!)}`,
        )
      const told = run(events, 25, new Set()).bars()
      expect(told).toEqual(expect.arrayContaining(expected))
    }),
    { numRuns: 40, seed: 19 },
  )
})

test('the cursor follows some seconds behind, and never passes what an open second needs', () => {
  const events = createStream(4)
  const bars = createBarsFold({ owns: () => true })
  const behind: Millis[] = []
  for (let base = 0; base < events.length; base += 20) {
    const batch = events.slice(base, base + 20)
    const { cursor } = bars.apply({ topic: 'trades', partition: 0, base, events: batch })
    const resumed = events[cursor]!
    if (cursor > 0) expect(resumed.data.kind).toBe('clock')
    behind.push(batch.at(-1)!.receivedAt - resumed.receivedAt)
  }
  expect(Math.max(...behind)).toBeLessThan(20 * SECOND)
  expect(Math.min(...behind.slice(-10))).toBeGreaterThan(3 * SECOND)
})
