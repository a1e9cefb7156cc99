import { expect, test } from 'vitest'
import type { Instrument, InstrumentKey } from '../../../shared/market.ts'
import { createSearch } from '../../../shared/search.ts'
import type { ListedCommand } from '../../ui/commands.ts'
import { MOST_MARKETS, toEntries } from './search-entries.ts'

const market = (base: string, ko: string, en: string): Instrument => ({
  key: `upbit:${base}/KRW`,
  venue: 'upbit',
  native: `KRW-${base}`,
  base,
  quote: 'KRW',
  names: { ko, en },
  status: 'trading',
})
const others = Array.from({ length: 2_999 }, (_, index) => market(`C${index}`, `코인${index}`, `Coin ${index}`))
const list = [...others, market('BTC', '비트코인', 'Bitcoin')]
const byKey = new Map(list.map((instrument) => [instrument.key, instrument]))
const search = createSearch(list)

const command = (title: string): ListedCommand => ({ title, group: 'general', run: () => undefined })
const commands = [command('Export'), command('Switch theme')]

const find = (query: string, watchlist: readonly InstrumentKey[] = []) =>
  toEntries({ query, search, commands, watchlist, byKey }).map((entry) =>
    entry.kind === 'market' ? entry.instrument.key : entry.command.title,
  )

test.each(['비트코인', 'ㅂㅌㅋㅇ', 'btc', 'KRW-BTC'])('A-04 among 3,000 markets "%s" finds BTC first', (query) => {
  expect(find(query)[0]).toBe('upbit:BTC/KRW')
})

test('without a query the watch list stands first, then every action', () => {
  expect(find('  ', ['upbit:BTC/KRW', 'upbit:GONE/KRW'])).toEqual(['upbit:BTC/KRW', 'Export', 'Switch theme'])
})

test('actions are found by their words, below the markets, and markets are as many as can be read', () => {
  expect(find('theme')).toEqual(['Switch theme'])
  expect(find('coin').length).toBe(MOST_MARKETS)
  expect(find('no such thing')).toEqual([])
})
