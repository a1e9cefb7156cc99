/** Events for tests: of usual shape, each field to be chosen. */

import type { Bar, Clock, Gap, InstrumentKey, MarketEvent, Millis, Ticker, Trade } from '../../shared/market.ts'
import { CLOCK_KEY, SECOND } from '../../shared/market.ts'

/** A whole day, hour, minute and second. */
export const START: Millis = Date.UTC(2026, 0, 5)
export const BTC: InstrumentKey = 'upbit:BTC/KRW'
export const ETH: InstrumentKey = 'upbit:ETH/KRW'

export function trade(
  id: string,
  at: Millis,
  more: Partial<Omit<MarketEvent, 'data'>> & { readonly data?: Partial<Trade> } = {},
): MarketEvent<Trade> {
  return {
    instrument: BTC,
    at,
    receivedAt: at + 5,
    origin: 'stream',
    ...more,
    data: { kind: 'trade', id, price: '116539000', size: '0.0007772', side: 'buy', ...more.data },
  }
}

/** `count` trades from START on, 20 ms apart, their ids their numbers. */
export function trades(count: number, instruments: readonly InstrumentKey[] = [BTC, ETH]): MarketEvent<Trade>[] {
  return Array.from({ length: count }, (_, index) =>
    trade(String(index), START + index * 20, { instrument: instruments[index % instruments.length]! }),
  )
}

export function gap(since: Millis, more: Partial<Gap> = {}, instrument: InstrumentKey = BTC): MarketEvent<Gap> {
  return {
    instrument,
    at: since,
    receivedAt: since,
    origin: 'stream',
    data: { kind: 'gap', since, reason: 'disconnected', ...more },
  }
}

export function clock(at: Millis): MarketEvent<Clock> {
  return {
    instrument: CLOCK_KEY,
    at,
    receivedAt: at,
    origin: 'stream',
    data: { kind: 'clock', watermarks: { upbit: at } },
  }
}

/** A one-second bar of one trade at `price`. */
export function second(openAt: Millis, price: string, more: Partial<Bar> = {}, instrument = BTC): MarketEvent<Bar> {
  return {
    instrument,
    at: openAt,
    receivedAt: openAt + SECOND,
    origin: 'stream',
    data: {
      kind: 'bar',
      interval: SECOND,
      openAt,
      open: price,
      high: price,
      low: price,
      close: price,
      vwap: price,
      avgPrice: price,
      priceSum: price,
      volume: '1',
      quoteVolume: price,
      buyVolume: '0',
      trades: 1,
      revision: 0,
      state: 'traded',
      ...more,
    },
  }
}

/** A second without trades. */
export function emptySecond(openAt: Millis, state: 'quiet' | 'missing', revision = 0): MarketEvent<Bar> {
  return {
    instrument: BTC,
    at: openAt,
    receivedAt: openAt,
    origin: 'stream',
    data: { kind: 'bar', interval: SECOND, openAt, revision, state },
  }
}

export function ticker(at: Millis, last: string, instrument = BTC): MarketEvent<Ticker> {
  return { instrument, at, receivedAt: at + 5, origin: 'stream', data: { kind: 'ticker', last } }
}
