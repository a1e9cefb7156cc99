import { expect, test } from 'vitest'
import type { Instrument, VenueId } from './market.ts'
import { createSearch } from './search.ts'

function market(venue: VenueId, base: string, quote: string, native: string, ko?: string, en?: string): Instrument {
  return {
    key: `${venue}:${base}/${quote}`,
    venue,
    native,
    base,
    quote,
    names: { ...(ko === undefined ? {} : { ko }), ...(en === undefined ? {} : { en }) },
    status: 'trading',
  }
}

/** 3,000 listed markets, the ones looked for among them at the end. */
const listed: readonly Instrument[] = [
  ...Array.from({ length: 2_990 }, (_, index) => {
    const base = `T${index.toString(36).toUpperCase()}`
    return market('binance', base, 'USDT', `${base}USDT`, `토큰${index}`, `Token ${index}`)
  }),
  market('binance', 'BTC', 'EUR', 'BTCEUR'),
  market('binance', 'BTC', 'USDT', 'BTCUSDT'),
  market('bithumb', 'BTC', 'KRW', 'KRW-BTC', '비트코인'),
  market('upbit', 'ETH', 'BTC', 'BTC-ETH', '이더리움', 'Ethereum'),
  market('upbit', 'BCH', 'KRW', 'KRW-BCH', '비트코인캐시', 'Bitcoin Cash'),
  market('upbit', 'BTC', 'KRW', 'KRW-BTC', '비트코인', 'Bitcoin'),
  { ...market('upbit', 'BTC', 'USDT', 'USDT-BTC', '비트코인', 'Bitcoin'), status: 'halted' },
  market('upbit', 'ETC', 'KRW', 'KRW-ETC', '이더리움클래식', 'Ethereum Classic'),
  market('kraken', 'PEPE', 'USD', 'PEPE/USD', '페페', 'Pepe'),
  market('upbit', 'QTUM', 'KRW', 'KRW-QTUM', '퀀텀', 'Qtum'),
]
const markets = createSearch(listed)
const keys = (query: string, limit = 3) => markets.search(query, limit).map(({ key }) => key)

test('A-04 among 3,000 markets Bitcoin is first for every way to ask for it', () => {
  const queries = [
    '비트코인',
    'ㅂㅌㅋㅇ',
    '비트',
    '비ㅌ',
    '빝',
    '비틐',
    'btc',
    'BTC',
    'ＢＴＣ',
    'KRW-BTC',
    'BTC/KRW',
    'btckrw',
    'btc krw',
    'upbit btc',
    '업비트 비트코인',
    'ㅇㅂㅌ 비트',
    'upbit:BTC/KRW',
    'bitcoin',
    '  Bitcoin  ',
    '비트코인'.normalize('NFD'),
  ]
  expect(queries.map((query) => [query, keys(query, 1)[0]])).toEqual(queries.map((query) => [query, 'upbit:BTC/KRW']))
})

test('A-04 the exact base comes first, then main quotes in the venues’ order, then what is halted', () => {
  expect(keys('btc', 6)).toEqual([
    'upbit:BTC/KRW',
    'bithumb:BTC/KRW',
    'binance:BTC/USDT',
    'binance:BTC/EUR',
    'upbit:BTC/USDT',
    'upbit:ETH/BTC',
  ])
})

test('A-04 a name that one venue gives finds the market on all others', () => {
  expect(keys('binance 비트코인')).toEqual(['binance:BTC/USDT', 'binance:BTC/EUR'])
  expect(keys('바이낸스 ㅂㅌㅋㅇ')).toEqual(['binance:BTC/USDT', 'binance:BTC/EUR'])
})

test('A-04 a name is found while each of its syllables is being typed', () => {
  for (const typed of ['ㅋ', '쿠', '쿼', '퀀', 'ㅋㅌ', '퀀ㅌ', '퀀터', '퀀텀'])
    expect([typed, keys(typed, 20).includes('upbit:QTUM/KRW')]).toEqual([typed, true])
  expect(keys('클래식')).toEqual(['upbit:ETC/KRW'])
  expect(keys('classic')).toEqual(['upbit:ETC/KRW'])
})

test('all words must match, and what is nowhere is not found', () => {
  expect(keys('kraken btc')).toEqual([])
  expect(keys('없는코인')).toEqual([])
  expect(keys('   ')).toEqual([])
  expect(keys('-')).toEqual([])
})

test('A-04 a search reads the markets’ texts once, when it is created', () => {
  let reads = 0
  const counted = listed.map(
    (instrument) =>
      new Proxy(instrument, {
        get(target, name, receiver) {
          reads += 1
          return Reflect.get(target, name, receiver) as unknown
        },
      }),
  )
  const prepared = createSearch(counted)
  reads = 0
  expect(prepared.search('비트코인', 20)).toHaveLength(6)
  expect(reads).toBe(0)
})
