import { expect, test } from 'vitest'
import type { Instrument, VenueId } from '../../../shared/market.ts'
import { toVenueMarkets, volumeOf } from './venue-rows.ts'

const market = (venue: VenueId, quote: string): Instrument => ({
  key: `${venue}:BTC/${quote}`,
  venue,
  native: `BTC${quote}`,
  base: 'BTC',
  quote,
  names: {},
  status: 'trading',
})

test('one market a venue: the one most people there trade, or the one in focus', () => {
  const same = [
    market('binance', 'EUR'),
    market('binance', 'USDT'),
    market('upbit', 'USDT'),
    market('upbit', 'KRW'),
    market('okx', 'BRL'),
  ]
  expect(toVenueMarkets(same, 'upbit:BTC/USDT').map(({ key }) => key)).toEqual([
    'upbit:BTC/USDT',
    'binance:BTC/USDT',
    'okx:BTC/BRL',
  ])
})

test('the volume is in the coin, worked out from the value only where the venue gives no other', () => {
  const ticker = { instrument: 'upbit:BTC/KRW', at: 0, receivedAt: 0, last: '100', origin: 'stream' } as const
  expect([
    volumeOf({ ...ticker, volume24h: '7', quoteVolume24h: '900' }),
    volumeOf({ ...ticker, quoteVolume24h: '900' }),
    volumeOf(ticker),
    volumeOf(undefined),
  ]).toEqual([7, 9, undefined, undefined])
})
