import { expect, it } from 'vitest'
import type { Instrument, InstrumentKey, VenueId } from '../shared/market.ts'
import { venueOf } from '../shared/market.ts'
import { createWatchlist } from './watchlist.ts'

const instrument = (key: InstrumentKey): Instrument => {
  const [base = '', quote = ''] = key.slice(key.indexOf(':') + 1).split('/')
  return { key, venue: venueOf(key) as VenueId, native: key, base, quote, names: {}, status: 'trading' }
}

it('A-65 the default list grows with the venues that tell their markets, and says so', () => {
  let all: readonly Instrument[] = []
  let chosen: readonly InstrumentKey[] | undefined
  let venues: readonly VenueId[] = ['upbit', 'kraken']
  const told: string[] = []
  const watchlist = createWatchlist({ chosen: () => chosen, venues: () => venues, instruments: () => all })
  const leave = watchlist.onRelisted(() => told.push(watchlist.now().join(' ')))
  const tell = (...keys: readonly InstrumentKey[]) => {
    all = [...all, ...keys.map(instrument)]
    watchlist.relist()
  }
  tell('kraken:SOL/USD', 'kraken:BTC/USD', 'kraken:BTC/EUR')
  tell('upbit:BTC/KRW', 'upbit:DOGE/KRW')
  tell('upbit:ADA/KRW')
  expect(told).toEqual(['kraken:BTC/USD kraken:SOL/USD', 'upbit:BTC/KRW kraken:BTC/USD kraken:SOL/USD'])

  venues = ['kraken']
  expect(watchlist.now()).toEqual(['kraken:BTC/USD', 'kraken:SOL/USD'])
  chosen = ['upbit:ADA/KRW']
  expect(watchlist.now()).toEqual(['upbit:ADA/KRW'])
  leave()
  tell('upbit:ETH/KRW')
  expect(told.length).toBe(2)
})
