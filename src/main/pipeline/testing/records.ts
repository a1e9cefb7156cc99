/** Records of a trades partition for tests of the folds. Instants are milliseconds after START. */

import type { Bar, Clock, Decimal, Gap, InstrumentKey, MarketEvent, Millis, Trade } from '../../../shared/market.ts'
import { CLOCK_KEY } from '../../../shared/market.ts'
import { createBarsFold } from '../bars.ts'
import type { LateSecond } from '../bars.ts'

export const START = Date.UTC(2026, 10, 22, 14, 32)
export const MARKET: InstrumentKey = 'upbit:BTC/KRW'

let ids = 0

interface TradeFields {
  readonly id?: string
  readonly price?: Decimal
  readonly size?: Decimal
  readonly instrument?: InstrumentKey
  readonly origin?: 'stream' | 'backfill'
}

export function trade(at: Millis, fields: TradeFields = {}): MarketEvent<Trade> {
  const { id = `t${(ids += 1)}`, price = '100', size = '1', instrument = MARKET, origin = 'stream' } = fields
  return { instrument, at: START + at, receivedAt: START + at, origin, data: { kind: 'trade', id, price, size } }
}

export function gap(
  since: Millis,
  until: Millis | undefined,
  reason: Gap['reason'] = 'disconnected',
): MarketEvent<Gap> {
  const data: Gap = {
    kind: 'gap',
    since: START + since,
    reason,
    ...(until === undefined ? {} : { until: START + until }),
  }
  return { instrument: MARKET, at: data.since, receivedAt: START + (until ?? since), origin: 'stream', data }
}

export function clock(at: Millis): MarketEvent<Clock> {
  return {
    instrument: CLOCK_KEY,
    at: START + at,
    receivedAt: START + at,
    origin: 'stream',
    data: { kind: 'clock', watermarks: { upbit: START + at } },
  }
}

/** Clock records of whole seconds, both ends included. */
export function clocks(from: number, to: number): MarketEvent<Clock>[] {
  return Array.from({ length: to - from + 1 }, (_, index) => clock((from + index) * 1_000))
}

/** All that a fold makes of records that begin at offset 0, in batches of `size`. */
export function fold(
  events: readonly MarketEvent[],
  size = events.length,
): { output: MarketEvent<Bar>[]; late: LateSecond[]; cursor: number } {
  const bars = createBarsFold({ owns: () => true })
  const all = { output: [] as MarketEvent<Bar>[], late: [] as LateSecond[], cursor: 0 }
  for (let base = 0; base < events.length; base += size) {
    const { output, late, cursor } = bars.apply({
      topic: 'trades',
      partition: 0,
      base,
      events: events.slice(base, base + size),
    })
    all.output.push(...output)
    all.late.push(...late)
    all.cursor = cursor
  }
  return all
}

/** The bars that hold: per market and second the highest revision. */
export function holding(output: readonly MarketEvent<Bar>[]): Map<string, MarketEvent<Bar>> {
  const bars = new Map<string, MarketEvent<Bar>>()
  for (const event of output) {
    const name = `${event.instrument} ${event.data.openAt}`
    if (event.data.revision >= (bars.get(name)?.data.revision ?? 0)) bars.set(name, event)
  }
  return bars
}

/** Second of START, state, revision and number of trades of each bar, in the order told. */
export function told(output: readonly MarketEvent<Bar>[]): string[] {
  return output.map(({ data }) => {
    const trades = data.trades === undefined ? '' : ` ×${data.trades}`
    return `${(data.openAt - START) / 1_000} ${data.state} r${data.revision}${trades}`
  })
}
