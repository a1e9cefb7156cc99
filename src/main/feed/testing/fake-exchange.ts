import type { Book, Channel, Instrument, MarketData, Ticker, Trade, VenueId } from '../../../shared/market.ts'
import { MINUTE, SECOND } from '../../../shared/market.ts'
import type { Control, Decoded, Exchange, KeepAlive, Limit, Message, RestCall, Want } from '../../exchanges/exchange.ts'
import { FrameError } from '../../exchanges/exchange.ts'

/** The ways in which venues take subscriptions. */
export type Style =
  /** One frame holds everything and replaces what was before; no answers (Upbit, Bithumb). */
  | 'whole'
  /** Frames add up, each is acknowledged, an unknown market is refused by name (Kraken, OKX). */
  | 'each'
  /** As 'each', but an unknown market has the whole frame refused (Bybit). */
  | 'all-or-nothing'

export interface FakeOptions {
  readonly id?: VenueId
  readonly style?: Style
  readonly identity?: Exchange['identity']
  readonly keepAlive?: KeepAlive
  readonly limits?: Partial<Exchange['limits']>
  readonly quiet?: readonly Channel[]
  readonly urls?: readonly string[]
  readonly book?: Exchange['book']
  readonly restLimit?: Limit
}

/** What the fake venue says: the values themselves, and beside them who and when. */
export type FakeFrame = { readonly data: readonly Decoded[] } | { readonly control: Control }

export const FAKE_REST = 'http://fake.example'
export const FAKE_WS = 'wss://fake.example/stream'

/** An exchange that speaks FakeFrame as JSON; a frame 'boom' makes its decoder throw. */
export function createFakeExchange(options: FakeOptions = {}): Exchange {
  const { id = 'kraken', style = 'each' } = options
  return {
    id,
    names: { ko: '가짜', en: 'Fake' },
    code: 'FAK',
    region: 'ne',
    docs: 'https://fake.example/docs',
    identity: options.identity ?? 'id',
    toKey: () => undefined,
    connect: (wants) => [{ urls: options.urls ?? [FAKE_WS], wants, frames: subscribe(wants), pace: 0 }],
    change: style === 'whole' ? 'replaces-all' : 'incremental',
    subscribe,
    ...(style === 'whole' ? {} : { unsubscribe: (wants) => [JSON.stringify({ op: 'unsubscribe', wants })] }),
    decode,
    keepAlive: options.keepAlive ?? { kind: 'server', within: MINUTE },
    limits: {
      connects: { count: 1_000, per: SECOND },
      frames: { count: 1_000, per: SECOND },
      ...options.limits,
    },
    ...(options.book ? { book: options.book } : {}),
    quiet: options.quiet ?? ['trade', 'ticker', 'book'],
    rest: {
      hosts: [FAKE_REST],
      limits: { all: { count: 1_000, per: SECOND }, book: options.restLimit ?? { count: 1_000, per: SECOND } },
      markets: async (get) => get(call<readonly Instrument[]>('/markets')),
      tickers: () => [call<readonly Decoded<Ticker>[]>('/tickers')],
      trades: (market) => call<readonly Decoded<Trade>[]>(`/trades?market=${market}`),
      intervals: [],
      candles: () => call('/candles'),
      book: (market) => ({ ...call<Decoded<Book>>(`/book?market=${market}`), group: 'book' }),
    },
  }
}

function subscribe(wants: readonly Want[]): readonly string[] {
  return [JSON.stringify({ op: 'subscribe', wants })]
}

function decode(frame: string): readonly Message[] {
  if (frame === 'boom') throw new TypeError('The decoder has a fault.')
  let value: FakeFrame
  try {
    value = JSON.parse(frame) as FakeFrame
  } catch {
    throw new FrameError('not-json', 'This is no JSON text.')
  }
  return 'data' in value ? value.data : [value.control]
}

function call<T>(path: string): RestCall<T> {
  return { path, group: 'all', weight: 1, decode: (body) => JSON.parse(body) as T }
}

/** A market as the fake venues list them: symbol 'BTC' is BTC/USD. */
export function fakeInstrument(venue: VenueId, base: string): Instrument {
  return { key: `${venue}:${base}/USD`, venue, native: base, base, quote: 'USD', names: {}, status: 'trading' }
}

export function isOf<K extends MarketData['kind']>(kind: K) {
  return <E extends { readonly data: MarketData }>(event: E): event is E & { data: Extract<MarketData, { kind: K }> } =>
    event.data.kind === kind
}
