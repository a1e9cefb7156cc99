import { expect, test } from 'vitest'
import type { Instrument, InstrumentKey, VenueId } from './market.ts'
import { premiumLegs, premiumOf } from './premium.ts'

const instrument = (venue: VenueId, base: string, quote: string): Instrument => ({
  key: `${venue}:${base}/${quote}`,
  venue,
  native: `${base}${quote}`,
  base,
  quote,
  names: {},
  status: 'trading',
})
const BITCOIN = [
  instrument('upbit', 'BTC', 'KRW'),
  instrument('okx', 'BTC', 'USDT'),
  instrument('binance', 'BTC', 'USDT'),
  instrument('binance', 'BTC', 'EUR'),
  instrument('kraken', 'BTC', 'USD'),
  instrument('coinbase', 'BTC', 'USD'),
]
const TETHERS = [instrument('upbit', 'USDT', 'KRW'), instrument('bithumb', 'USDT', 'KRW')]
const legs = (key: InstrumentKey, away: readonly VenueId[] = []) =>
  premiumLegs(key, BITCOIN, TETHERS, (venue) => !away.includes(venue))

test('A-22 fixed inputs give fixed premiums, on the official rate and on the tether’s', () => {
  expect([
    premiumOf('98668000', '68412.3', '1412.6'),
    premiumOf('98668000', '68412.3', '1441'),
    premiumOf('68398.2', '68412.3'),
    premiumOf('96639215', '68412.3', '1412.6'),
  ]).toEqual(['0.02099339', '0.00087111', '-0.0002061', '0'])
  expect(premiumOf('98668000', '0', '1412.6')).toBeUndefined()
})

test('A-22 a market in won has both bases, one in dollars needs no rate, others have none', () => {
  expect(legs('upbit:BTC/KRW')).toEqual({
    reference: 'binance:BTC/USDT',
    rate: 'yahoo:USD/KRW',
    tether: 'upbit:USDT/KRW',
  })
  expect(legs('korbit:BTC/KRW')).toEqual({ reference: 'binance:BTC/USDT', rate: 'yahoo:USD/KRW' })
  expect(legs('kraken:BTC/USD')).toEqual({ reference: 'binance:BTC/USDT' })
  expect(
    ['binance:BTC/USDT', 'upbit:USDT/KRW', 'kis:005930', 'yahoo:USD/KRW'].map((key) => legs(key as 'x:y')),
  ).toEqual([undefined, undefined, undefined, undefined])
})

test('A-22 a venue that is not connected is no reference, and dollars stand in with the official rate alone', () => {
  expect(legs('upbit:BTC/KRW', ['binance'])?.reference).toBe('okx:BTC/USDT')
  expect(legs('upbit:BTC/KRW', ['binance', 'okx'])).toEqual({ reference: 'coinbase:BTC/USD', rate: 'yahoo:USD/KRW' })
  expect(legs('coinbase:BTC/USD', ['binance', 'okx', 'kraken'])).toBeUndefined()
})
