/** Records as they stand in docs/topics/. */

import type { MarketEvent } from '../src/shared/market.ts'
import { CLOCK_KEY, SECOND } from '../src/shared/market.ts'
import type { TopicId } from '../src/shared/topics.ts'

const at = 1_795_313_520_123
const stream = { at, receivedAt: at + 41, origin: 'stream' } as const

export const RECORD_EXAMPLES: Readonly<Record<TopicId, readonly MarketEvent[]>> = {
  trades: [
    {
      instrument: 'upbit:BTC/KRW',
      ...stream,
      data: { kind: 'trade', id: '17953135201230000', price: '143250000', size: '0.00123456', side: 'buy' },
    },
    { instrument: 'upbit:BTC/KRW', ...stream, data: { kind: 'gap', since: at, reason: 'disconnected' } },
    {
      instrument: 'upbit:BTC/KRW',
      ...stream,
      data: { kind: 'gap', since: at, until: at + 4_250, reason: 'disconnected' },
    },
    {
      instrument: CLOCK_KEY,
      ...stream,
      data: { kind: 'clock', watermarks: { upbit: at - 20, okx: at - 35 }, watched: { 'upbit:BTC/KRW': [] } },
    },
  ],
  tickers: [
    {
      instrument: 'upbit:BTC/KRW',
      ...stream,
      data: { kind: 'ticker', last: '143250000', open24h: '140660000', volume24h: '2211.40928814', change: '0.01841' },
    },
  ],
  books: [
    {
      instrument: 'okx:BTC/USDT',
      ...stream,
      data: {
        kind: 'book',
        snapshot: true,
        bids: [['95568.2', '0.41'] as const, ['95568.1', '1.2'] as const],
        asks: [['95568.3', '0.07399'] as const],
        sequence: { last: '1795313520' },
      },
    },
  ],
  bars: [
    {
      instrument: 'binance:BTC/USDT',
      ...stream,
      at: at - 123,
      data: {
        kind: 'bar',
        interval: SECOND,
        openAt: at - 123,
        revision: 0,
        state: 'traded',
        open: '95568.29',
        high: '95568.3',
        low: '95568.29',
        close: '95568.3',
        vwap: '95568.295',
        avgPrice: '95568.295',
        priceSum: '191136.59',
        volume: '0.02',
        quoteVolume: '1911.3659',
        buyVolume: '0.01',
        trades: 2,
      },
    },
    {
      instrument: 'binance:BTC/USDT',
      ...stream,
      at: at - 123 + SECOND,
      data: { kind: 'bar', interval: SECOND, openAt: at - 123 + SECOND, revision: 0, state: 'quiet' },
    },
  ],
  items: [
    {
      instrument: 'news:crypto_news',
      at: at - 60_123,
      receivedAt: at,
      origin: 'polled',
      data: {
        kind: 'item',
        feed: 'crypto_news',
        id: 'bfe74cb5-052f-4948-9630-938954a03935',
        title: 'Bitcoin holds its range as volumes thin out',
        url: 'https://news.example/markets/bitcoin-holds-its-range',
        publishedAt: at - 60_123,
        language: 'en',
        symbols: ['BTC'],
        source: 'News Example',
      },
    },
    {
      instrument: 'index:alternative_me',
      at: at - (at % 86_400_000),
      receivedAt: at,
      origin: 'polled',
      data: { kind: 'index', feed: 'alternative_me', value: '40', label: 'Fear' },
    },
  ],
}
