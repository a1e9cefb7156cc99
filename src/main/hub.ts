import type { Sink } from '../shared/bridge.ts'
import type { BookRow, GapRow, LiveSecond, MarketFrame, TapeRow, TickerRow } from '../shared/market-view.ts'
import type { Book, Gap, InstrumentKey, MarketEvent, Millis, Ticker, Trade } from '../shared/market.ts'
import { systemClock } from './feed/clock.ts'
import { createDelayMeter } from './feed/delay.ts'
import { isCrossed } from './pipeline/book.ts'
import type { RunningSeconds } from './pipeline/running-seconds.ts'
import { createRunningSeconds } from './pipeline/running-seconds.ts'

/** Least time between two frames of one page: full rate, and for a page nobody sees. */
const FRAME: Millis = 33
const FRAME_HIDDEN: Millis = 1_000
/** Rows of other markets change at most this often. */
const TICKERS: Millis = 250
const TAPE = 200

export interface Focus {
  readonly focus: InstrumentKey | null
  readonly follow: readonly InstrumentKey[]
  readonly hidden: boolean
}

interface Page {
  readonly want: Focus
  readonly follow: ReadonlySet<InstrumentKey>
  readonly sink: Sink<MarketFrame>
  trades: TapeRow[]
  /** Arrival of each of them, for the delay meter. */
  arrivals: Millis[]
  skipped: number
  touched: Set<Millis>
  gaps: GapRow[]
  tickers: Set<InstrumentKey>
  book: boolean
  sentAt: Millis
  tickersAt: Millis
}

/**
 * Fans the market out to pages: each gets what it asked for, cut into frames at its own pace. A page that is slow to take
 * them gets newer state, never a queue.
 */
export interface Hub {
  push(events: readonly MarketEvent[]): void
  /** Rows of the venue's all-tickers call, and last prices repeated on connect. */
  pushTickers(rows: readonly TickerRow[]): void
  ticker(instrument: InstrumentKey): TickerRow | undefined
  open(want: Focus, sink: Sink<MarketFrame>): () => void
  /** Markets that some page has open. */
  focused(): ReadonlySet<InstrumentKey>
  onFocusChange(listener: () => void): () => void
  /** From a trade's arrival to the frame that takes it to a page, over the last minute. */
  delay(): { readonly p50: Millis; readonly p99: Millis } | undefined
  close(): void
}

export function createHub(now: () => Millis = Date.now): Hub {
  const pages = new Set<Page>()
  const tickers = new Map<InstrumentKey, TickerRow>()
  const books = new Map<InstrumentKey, BookRow>()
  const seconds = new Map<InstrumentKey, RunningSeconds>()
  const listeners = new Set<() => void>()
  const delay = createDelayMeter(systemClock)

  const changed = (instrument: InstrumentKey) => {
    for (const page of pages) if (page.follow.has(instrument)) page.tickers.add(instrument)
  }

  const onTrade = (event: MarketEvent<Trade>) => {
    const { instrument, at, receivedAt, origin, data } = event
    let running = seconds.get(instrument)
    if (!running) seconds.set(instrument, (running = createRunningSeconds()))
    const openAt = running.apply(event)
    const row: TapeRow = data.side
      ? { id: data.id, at, price: data.price, size: data.size, side: data.side, origin }
      : { id: data.id, at, price: data.price, size: data.size, origin }
    for (const page of pages) {
      if (page.want.focus !== instrument) continue
      page.trades.push(row)
      page.arrivals.push(receivedAt)
      if (page.trades.length > 2 * TAPE) {
        page.skipped += page.trades.splice(0, TAPE).length
        page.arrivals.splice(0, TAPE)
      }
      if (openAt !== undefined) page.touched.add(openAt)
    }
    const known = tickers.get(instrument)
    if (known && known.at > at) return
    // Asked for in the stream's place it knows nothing of what the stream said of its prices.
    const rest = known && (origin === 'stream' ? known : withoutLabels(known))
    tickers.set(instrument, { ...rest, instrument, at, receivedAt, origin, last: data.price })
    changed(instrument)
  }

  const onTicker = (event: MarketEvent<Ticker>) => {
    const { kind: _kind, ...values } = event.data
    put({ ...values, instrument: event.instrument, at: event.at, receivedAt: event.receivedAt, origin: event.origin })
  }

  /** A ticker never takes the last price back behind a trade that is newer than it. What is said of a price goes with it. */
  const put = (row: TickerRow) => {
    const known = tickers.get(row.instrument)
    const newer = known !== undefined && known.at > row.at
    const merged = newer
      ? { ...known, ...withoutLabels(row), last: known.last, at: known.at, receivedAt: known.receivedAt }
      : { ...(known && withoutLabels(known)), ...row }
    tickers.set(row.instrument, merged)
    changed(row.instrument)
  }

  const onBook = (event: MarketEvent<Book>) => {
    if (!event.data.snapshot) return
    const { instrument, at, receivedAt, data } = event
    const { stale: rebuilding } = data
    const known = books.get(instrument)
    if (!rebuilding) {
      const { bids, asks } = data
      books.set(instrument, { instrument, at, receivedAt, bids, asks, stale: false, crossed: isCrossed(data) })
    } else if (known) books.set(instrument, { ...known, stale: true, rebuilding })
    for (const page of pages) if (page.want.focus === instrument) page.book = true
  }

  const onGap = (event: MarketEvent<Gap>) => {
    const { kind: _kind, ...row } = event.data
    const { until } = row
    const book = books.get(event.instrument)
    // Only a book makes a book true again; but trades alone fell silent, and a pause only kept it waiting.
    if (book && row.reason !== 'silent' && (until === undefined || row.reason === 'paused'))
      books.set(event.instrument, { ...book, stale: until === undefined || book.rebuilding !== undefined })
    for (const page of pages) {
      if (page.want.focus !== event.instrument) continue
      page.gaps.push(row)
      page.book = true
    }
  }

  const cut = (page: Page, at: Millis) => {
    const pace = page.want.hidden ? FRAME_HIDDEN : FRAME
    if (!page.sink.ready || at - page.sentAt < pace) return
    const withTickers = page.tickers.size > 0 && (page.tickersAt === 0 || at - page.tickersAt >= TICKERS)
    if (page.trades.length === 0 && page.touched.size === 0 && page.gaps.length === 0 && !page.book && !withTickers)
      return
    const focus = page.want.focus
    const running = focus === null ? undefined : seconds.get(focus)
    const touched: LiveSecond[] = []
    for (const openAt of [...page.touched].toSorted((a, b) => a - b)) {
      const second = running?.get(openAt)
      if (second) touched.push(second)
    }
    const rows: TickerRow[] = []
    if (withTickers) {
      for (const instrument of page.tickers) {
        const row = tickers.get(instrument)
        if (row) rows.push(row)
      }
      page.tickers.clear()
      page.tickersAt = at
    }
    const trades = page.trades.length > TAPE ? page.trades.slice(-TAPE) : page.trades
    const book = page.book && focus !== null ? books.get(focus) : undefined
    const frame: MarketFrame = {
      at,
      trades,
      skipped: page.skipped + page.trades.length - trades.length,
      seconds: touched,
      gaps: page.gaps,
      tickers: rows,
      ...(book ? { book } : {}),
    }
    if (!page.want.hidden) for (const arrivedAt of page.arrivals) delay.add(at - arrivedAt)
    page.trades = []
    page.arrivals = []
    page.skipped = 0
    page.touched = new Set()
    page.gaps = []
    page.book = false
    page.sentAt = at
    page.sink.send(frame)
  }

  const timer = setInterval(() => {
    const at = now()
    for (const page of pages) cut(page, at)
  }, 11)

  return {
    push(events) {
      for (const event of events) {
        switch (event.data.kind) {
          case 'trade':
            onTrade(event as MarketEvent<Trade>)
            break
          case 'ticker':
            onTicker(event as MarketEvent<Ticker>)
            break
          case 'book':
            onBook(event as MarketEvent<Book>)
            break
          case 'gap':
            onGap(event as MarketEvent<Gap>)
            break
          case 'bar':
          case 'clock':
            break
        }
      }
    },
    pushTickers(rows) {
      for (const row of rows) put(row)
    },
    ticker: (instrument) => tickers.get(instrument),
    open(want, sink) {
      const running = want.focus === null ? undefined : seconds.get(want.focus)
      const page: Page = {
        want,
        follow: new Set(want.follow),
        sink,
        trades: [],
        arrivals: [],
        skipped: 0,
        touched: new Set(running?.held()),
        gaps: [],
        tickers: new Set(want.follow.filter((instrument) => tickers.has(instrument))),
        book: want.focus !== null && books.has(want.focus),
        sentAt: 0,
        tickersAt: 0,
      }
      pages.add(page)
      for (const listener of listeners) listener()
      return () => {
        pages.delete(page)
        for (const listener of listeners) listener()
      }
    },
    focused() {
      const keys = new Set<InstrumentKey>()
      for (const page of pages) if (page.want.focus !== null) keys.add(page.want.focus)
      return keys
    },
    onFocusChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    delay: delay.percentiles,
    close() {
      clearInterval(timer)
      pages.clear()
    },
  }
}

/** A ticker without what its source said of this one price: how late it is, where the market stands, who stood in. */
function withoutLabels({ delay: _delay, phase: _phase, source: _source, ...values }: TickerRow): TickerRow {
  return values
}
