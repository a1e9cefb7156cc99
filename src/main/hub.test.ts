import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Sink } from '../shared/bridge.ts'
import type { MarketFrame } from '../shared/market-view.ts'
import type { InstrumentKey, MarketEvent, Ticker, Trade } from '../shared/market.ts'
import type { Hub } from './hub.ts'
import { createHub } from './hub.ts'

const BTC: InstrumentKey = 'upbit:BTC/KRW'
const ETH: InstrumentKey = 'upbit:ETH/KRW'
const T0 = 1_700_000_000_000

function trade(n: number, instrument = BTC, at = T0 + n): MarketEvent<Trade> {
  const data: Trade = { kind: 'trade', id: String(n), price: String(1000 + n), size: '0.5', side: 'buy' }
  return { instrument, at, receivedAt: at + 20, origin: 'stream', data }
}

/** A page that takes values only when told to. */
function page() {
  const frames: MarketFrame[] = []
  const listeners: (() => void)[] = []
  let taken = 0
  const sink: Sink<MarketFrame> = {
    get ready() {
      return frames.length - taken < 2
    },
    send: (frame) => void frames.push(frame),
    onReady: (listener) => void listeners.push(listener),
    end: () => undefined,
  }
  return { frames, sink, take: () => void (taken = frames.length) }
}

describe('hub', () => {
  let hub: Hub
  beforeEach(() => {
    vi.useFakeTimers({ now: T0 })
    hub = createHub()
  })
  afterEach(() => {
    hub.close()
    vi.useRealTimers()
  })

  it('gives the focused market in full and the followed ones as tickers', () => {
    const { frames, sink } = page()
    hub.open({ focus: BTC, follow: [BTC, ETH], hidden: false }, sink)
    hub.push([trade(1), trade(2), trade(3, ETH)])
    vi.advanceTimersByTime(300)
    expect(frames[0]).toEqual({
      at: expect.any(Number) as number,
      trades: [
        { id: '1', at: T0 + 1, price: '1001', size: '0.5', side: 'buy', origin: 'stream' },
        { id: '2', at: T0 + 2, price: '1002', size: '0.5', side: 'buy', origin: 'stream' },
      ],
      skipped: 0,
      seconds: [
        {
          openAt: T0,
          open: '1001',
          high: '1002',
          low: '1001',
          close: '1002',
          volume: '1',
          quoteVolume: '1001.5',
          buyVolume: '1',
          trades: 2,
        },
      ],
      gaps: [],
      tickers: [
        { instrument: BTC, at: T0 + 2, receivedAt: T0 + 22, origin: 'stream', last: '1002' },
        { instrument: ETH, at: T0 + 3, receivedAt: T0 + 23, origin: 'stream', last: '1003' },
      ],
    })
  })

  it('A-62 gives a slow page newer state, never a queue, and says how many trades it left out', () => {
    const slow = page()
    const quick = page()
    hub.open({ focus: BTC, follow: [], hidden: false }, slow.sink)
    hub.open({ focus: BTC, follow: [], hidden: false }, quick.sink)
    for (let n = 0; n < 5_000; n += 1) {
      hub.push([trade(n, BTC, T0 + n)])
      vi.advanceTimersByTime(1)
      quick.take()
    }
    vi.advanceTimersByTime(50)
    expect(slow.frames.length).toBe(2)
    expect(quick.frames.flatMap((frame) => frame.trades).length).toBe(5_000)
    slow.take()
    vi.advanceTimersByTime(50)
    const last = slow.frames.at(-1)!
    expect(last.trades.length).toBe(200)
    expect(last.trades.at(-1)!.id).toBe('4999')
    expect(slow.frames.reduce((sum, frame) => sum + frame.trades.length + frame.skipped, 0)).toBe(5_000)
  })

  it('A-74 cuts at most 30 frames a second, and one for a hidden page', () => {
    const seen = page()
    const hidden = page()
    hub.open({ focus: BTC, follow: [], hidden: false }, seen.sink)
    hub.open({ focus: BTC, follow: [], hidden: true }, hidden.sink)
    for (let n = 0; n < 3_000; n += 1) {
      hub.push([trade(n)])
      vi.advanceTimersByTime(1)
      seen.take()
      hidden.take()
    }
    expect(seen.frames.length).toBeGreaterThan(60)
    expect(seen.frames.length).toBeLessThanOrEqual(91)
    expect(hidden.frames.length).toBeLessThanOrEqual(4)
  })

  it('never takes a last price back behind a newer trade', () => {
    hub.push([trade(50)])
    hub.pushTickers([
      { instrument: BTC, at: T0 + 10, receivedAt: T0 + 60, origin: 'stream', last: '900', volume24h: '77' },
    ])
    expect(hub.ticker(BTC)).toMatchObject({ last: '1050', at: T0 + 50, volume24h: '77' })
  })

  it('A-06 S4x-14 says of a price what its own source said: no later one is called late, stood in for, or in session', () => {
    const KIS: InstrumentKey = 'kis:005930'
    const told = (at: number, origin: 'stream' | 'polled', labels: Partial<Ticker>): MarketEvent<Ticker> => ({
      instrument: KIS,
      at: T0 + at,
      receivedAt: T0 + at,
      origin,
      data: { kind: 'ticker', last: '281000', ...labels },
    })
    const labels = () => {
      const { delay, phase, source } = hub.ticker(KIS) ?? {}
      return [delay, phase, source]
    }
    hub.push([told(1, 'stream', { phase: 'regular', volume24h: '5' })])
    hub.push([told(2, 'polled', { source: 'kis_via_yfinance', delay: 1_200_000 })])
    expect(labels()).toEqual([1_200_000, undefined, 'kis_via_yfinance'])
    hub.push([told(3, 'stream', { phase: 'after' })])
    expect([labels(), hub.ticker(KIS)?.volume24h]).toEqual([[undefined, 'after', undefined], '5'])
    hub.push([told(1, 'polled', { source: 'kis_via_yfinance', delay: 1_200_000 })])
    expect(labels()).toEqual([undefined, 'after', undefined])
    hub.push([{ ...trade(4, KIS), origin: 'polled' }])
    expect(labels()).toEqual([undefined, undefined, undefined])
  })

  it('marks the book stale while a gap is open', () => {
    const { frames, sink, take } = page()
    hub.open({ focus: BTC, follow: [], hidden: false }, sink)
    const book = { kind: 'book', snapshot: true, bids: [['99', '1']], asks: [['101', '2']] } as const
    hub.push([{ instrument: BTC, at: T0, receivedAt: T0, origin: 'stream', data: book }])
    vi.advanceTimersByTime(100)
    expect(frames.at(-1)!.book).toMatchObject({ stale: false, crossed: false })
    take()
    hub.push([
      {
        instrument: BTC,
        at: T0,
        receivedAt: T0,
        origin: 'stream',
        data: { kind: 'gap', since: T0, reason: 'disconnected' },
      },
    ])
    vi.advanceTimersByTime(100)
    expect(frames.at(-1)).toMatchObject({ book: { stale: true }, gaps: [{ since: T0, reason: 'disconnected' }] })
  })

  it('A-14 keeps the last levels of a broken book in view, marked, until a whole one comes', () => {
    const { frames, sink, take } = page()
    hub.open({ focus: BTC, follow: [], hidden: false }, sink)
    const whole = { kind: 'book', snapshot: true, bids: [['99', '1']], asks: [['98', '2']] } as const
    const stale = { reason: 'sequence', since: T0 + 1, resyncAt: T0 + 900 } as const
    const put = (data: MarketEvent['data']) => {
      hub.push([{ instrument: BTC, at: T0, receivedAt: T0, origin: 'stream', data }])
      vi.advanceTimersByTime(100)
      take()
      return frames.at(-1)?.book
    }
    const row = { instrument: BTC, at: T0, receivedAt: T0, bids: whole.bids, asks: whole.asks, crossed: true }
    const gap = { kind: 'gap', since: T0, reason: 'disconnected' } as const
    expect([
      put(whole),
      put({ kind: 'book', snapshot: true, bids: [], asks: [], stale }),
      put(gap),
      put({ ...gap, until: T0 + 5 }),
      put(whole),
    ]).toEqual([
      { ...row, stale: false },
      { ...row, stale: true, rebuilding: stale },
      { ...row, stale: true, rebuilding: stale },
      { ...row, stale: true, rebuilding: stale },
      { ...row, stale: false },
    ])
  })

  it('tells which markets are open, and when that changes', () => {
    const changed = vi.fn()
    hub.onFocusChange(changed)
    const leave = hub.open({ focus: ETH, follow: [], hidden: false }, page().sink)
    expect([...hub.focused()]).toEqual([ETH])
    leave()
    expect([...hub.focused()]).toEqual([])
    expect(changed).toHaveBeenCalledTimes(2)
  })
})
