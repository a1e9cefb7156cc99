import { expect, it } from 'vitest'
import type { Instrument, InstrumentKey } from '../../../shared/market.ts'
import { toCoinChoice, toWatchlist } from './coin-choice.ts'

/** Kraken has told nothing yet. */
const listed = new Map(
  (['upbit:BTC/KRW', 'upbit:ETH/KRW', 'upbit:DOGE/KRW', 'binance:BTC/USDT'] as const).map((key) => [
    key as InstrumentKey,
    {} as Instrument,
  ]),
)
const VENUES = ['upbit', 'binance', 'kraken'] as const

it('a watch list is coins on their main markets, and what else stands on it', () => {
  expect(toCoinChoice(['binance:DOGE/USDT', 'upbit:BTC/KRW', 'kraken:BTC/EUR', 'upbit:BTC/USDT'])).toEqual({
    coins: ['BTC', 'DOGE'],
    others: ['kraken:BTC/EUR', 'upbit:BTC/USDT'],
  })
})

it('coins go on the list venue by venue, where they are listed or may be', () => {
  expect(toWatchlist({ coins: ['BTC', 'DOGE'], others: ['kraken:BTC/EUR'] }, VENUES, listed)).toEqual([
    'upbit:BTC/KRW',
    'upbit:DOGE/KRW',
    'binance:BTC/USDT',
    'kraken:BTC/USD',
    'kraken:DOGE/USD',
    'kraken:BTC/EUR',
  ])
})

it('the default is saved as the default, so that it follows what the venues list', () => {
  const coins = ['BTC', 'ETH', 'XRP', 'SOL'] as const
  expect(toWatchlist({ coins, others: [] }, VENUES, listed)).toBe(null)
  expect(toWatchlist({ coins, others: ['kraken:BTC/EUR'] }, ['upbit'], listed)).toEqual([
    'upbit:BTC/KRW',
    'upbit:ETH/KRW',
    'kraken:BTC/EUR',
  ])
})
