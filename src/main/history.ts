import type { BarColumns, BarHistory, GapRow } from '../shared/market-view.ts'
import type { BarState, InstrumentKey, Millis, Origin } from '../shared/market.ts'
import { DAY, HOUR, SECOND } from '../shared/market.ts'
import type { Candle, Rest, RestCall } from './exchanges/exchange.ts'
import type { Reader } from './store/store.ts'

/** How a venue is asked: its adapter and its budgeted REST runner. */
export interface CandleSource {
  readonly exchange: { readonly rest: Pick<Rest, 'intervals' | 'candles'> }
  readonly native: string
  run<T>(call: RestCall<T>): Promise<T>
}

export interface HistoryQuery {
  readonly instrument: InstrumentKey
  readonly interval: Millis
  readonly to?: Millis
  readonly count: number
}

/** Most calls to the venue for one answer: a chart must open now, older bars come when panned to. */
const CALLS = 3
const CACHED = 200
const FRESH: Millis = 20_000

interface Asked {
  readonly askedAt: Millis
  readonly candles: readonly Candle[]
}

interface Row {
  openAt: Millis
  open: string
  high: string
  low: string
  close: string
  volume: string
  quoteVolume: string
  buyVolume: string
  trades: number
  state: BarState
  origin: Origin
}

/**
 * Bars for a chart: our own where we were live for the whole bar, the venue's candles elsewhere. A bar of ours that is
 * cut short by a gap, or by the start of watching, never hides the venue's whole one.
 */
export function createHistory(
  reader: Pick<Reader, 'bars'>,
  source: (instrument: InstrumentKey) => CandleSource | undefined,
  now: () => Millis = Date.now,
) {
  const cache = new Map<string, Asked>()

  /** The venue's candles, and when it was asked for the newest of them. */
  const candles = async (query: HistoryQuery, to: Millis): Promise<Asked> => {
    const from = source(query.instrument)
    const found: Candle[] = []
    let askedAt = now()
    if (!from?.exchange.rest.intervals.includes(query.interval)) return { candles: found, askedAt }
    let end = to
    for (let call = 0; call < CALLS && found.length < query.count; call += 1) {
      const limit = Math.min(query.count - found.length, 1_000)
      const key = `${query.instrument} ${query.interval} ${end} ${limit}`
      let page = cache.get(key)
      if (!page || now() - page.askedAt > FRESH) {
        const request = from.exchange.rest.candles(from.native, query.interval, end, limit, now())
        page = { askedAt: now(), candles: await from.run(request) }
        cache.set(key, page)
        if (cache.size > CACHED) cache.delete(cache.keys().next().value ?? '')
      }
      if (call === 0) askedAt = page.askedAt
      if (page.candles.length === 0) break
      found.unshift(...page.candles)
      end = page.candles[0]!.openAt
    }
    return { candles: found, askedAt }
  }

  return async function bars(query: HistoryQuery): Promise<BarHistory> {
    const { interval } = query
    const asked = now()
    const open = Math.floor(asked / interval) * interval
    const to = Math.min(query.to ?? open + interval, open + interval)
    const own = await reader.bars({ ...query, to })
    const first = own.coverage.watched?.from ?? Infinity
    const oldest = to - query.count * interval
    const rows = new Map<Millis, Row>()
    let whole = true
    for (const row of toRows(own.bars)) {
      const end = Math.min(row.openAt + interval, asked)
      if (row.openAt < first || touched(own.coverage.gaps, row.openAt, end)) whole = false
      else rows.set(row.openAt, row)
    }
    let through = own.through
    // Quiet stretches of our own need no venue; a range that begins before we watched, or that a gap touches, does.
    if (!whole || first > oldest || touched(own.coverage.gaps, oldest, asked)) {
      const fetched = await candles(query, to).catch((): Asked => ({ candles: [], askedAt: asked }))
      for (const candle of fetched.candles) {
        if (rows.has(candle.openAt)) continue
        rows.set(candle.openAt, fromCandle(candle))
        // The venue's running candle holds what was traded until we asked for it.
        if (candle.openAt === open) through = Math.floor(fetched.askedAt / SECOND) * SECOND
      }
      for (const row of toRows(own.bars)) if (!rows.has(row.openAt)) rows.set(row.openAt, row)
    }
    const sorted = [...rows.values()].toSorted((a, b) => a.openAt - b.openAt).slice(-query.count)
    return { ...own, bars: toColumns(sorted), through, complete: sorted.length === 0 }
  }
}

/** The interval and count whose closes draw 24 hours in at most 48 points. */
export const SPARK: { interval: Millis; count: number; span: Millis } = { interval: HOUR, count: 25, span: DAY }

/** Something is missing there. A gap that was filled afterwards hides nothing. */
function touched(gaps: readonly GapRow[], from: Millis, to: Millis): boolean {
  return gaps.some((gap) => gap.filledBy === undefined && gap.since < to && (gap.until ?? Infinity) > from)
}

function fromCandle(candle: Candle): Row {
  return {
    openAt: candle.openAt,
    open: candle.open,
    high: candle.high,
    low: candle.low,
    close: candle.close,
    volume: candle.volume,
    quoteVolume: candle.quoteVolume ?? '',
    buyVolume: candle.buyVolume ?? '',
    trades: candle.trades ?? 0,
    state: 'traded',
    origin: 'venue',
  }
}

function toRows(bars: BarColumns): Row[] {
  return bars.openAt.map((openAt, i) => ({
    openAt,
    open: bars.open[i] ?? '',
    high: bars.high[i] ?? '',
    low: bars.low[i] ?? '',
    close: bars.close[i] ?? '',
    volume: bars.volume[i] ?? '',
    quoteVolume: bars.quoteVolume[i] ?? '',
    buyVolume: bars.buyVolume[i] ?? '',
    trades: bars.trades[i] ?? 0,
    state: bars.state[i] ?? 'traded',
    origin: bars.origin[i] ?? 'stream',
  }))
}

function toColumns(rows: readonly Row[]): BarColumns {
  return {
    openAt: rows.map((row) => row.openAt),
    open: rows.map((row) => row.open),
    high: rows.map((row) => row.high),
    low: rows.map((row) => row.low),
    close: rows.map((row) => row.close),
    volume: rows.map((row) => row.volume),
    quoteVolume: rows.map((row) => row.quoteVolume),
    buyVolume: rows.map((row) => row.buyVolume),
    trades: rows.map((row) => row.trades),
    state: rows.map((row) => row.state),
    origin: rows.map((row) => row.origin),
  }
}

export type History = ReturnType<typeof createHistory>
