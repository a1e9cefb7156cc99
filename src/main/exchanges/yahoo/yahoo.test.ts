import { describe, expect, test } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../../shared/market.ts'
import { FrameError, VenueError } from '../exchange.ts'
import { fixtureLines, hasSamples, sampleLines } from '../testing/frames.ts'
import { yahoo } from './index.ts'
import { shortest, unzigzag } from './pricing.ts'
import { createDecoder } from './stream.ts'

const sampled = (file: string) => sampleLines('yahoo', file).join('\n')
const chart = (meta: object, times: readonly number[], rows: Readonly<Record<string, readonly (number | null)[]>>) =>
  JSON.stringify({ chart: { result: [{ meta, timestamp: times, indicators: { quote: [rows] } }], error: null } })

describe('the streamer', () => {
  test('A-01 recorded messages have exactly their values, in both versions', () => {
    if (!hasSamples()) return
    expect(yahoo.decode(sampled('streamer-v2.jsonl'))).toEqual([
      {
        market: 'DKNG',
        at: 1_788_377_229_000,
        data: {
          kind: 'ticker',
          last: '24.535',
          volume24h: '6719763',
          change: '0.04671499',
          delay: 0,
          phase: 'regular',
        },
      },
    ])
    // Of a coin the volume is worth, and a 32-bit float is what it was before it became one.
    expect(yahoo.decode(sampled('streamer-v1-base64.txt'))).toMatchObject([
      { market: 'BTC-USD', at: 1_736_509_140_000, data: { last: '94745.08', quoteVolume24h: '59712028672' } },
    ])
  })

  test('what a message leaves out is as the one before on its connection said it', () => {
    const [apple = '', samsung = ''] = fixtureLines('yahoo', 'ticker.jsonl')
    const decode = createDecoder()
    decode(apple)
    decode(samsung)
    // Field 1 'AAPL', field 2 273.5 as a float, field 3 a time: nothing else has changed.
    const short = Buffer.from('0a044141504c1500c0884318a0f4a6d9c068', 'hex').toString('base64')
    const at = Number(unzigzag(3_590_800_226_848n))
    expect(decode(short)).toMatchObject([
      { market: 'AAPL', data: { last: '273.5', high24h: '274.88', volume24h: '18204511' } },
    ])
    expect(createDecoder()(short)).toMatchObject([{ data: { kind: 'ticker', last: '273.5', delay: 15 * MINUTE } }])
    expect(at).toBeGreaterThan(0)
  })

  test('A-06 each quote says how far it lags; an unknown exchange is never called real-time', () => {
    const delays = fixtureLines('yahoo', 'ticker.jsonl')
      .flatMap((frame) => yahoo.decode(frame))
      .map((message) =>
        'control' in message ? undefined : [message.market, (message.data as { delay?: number }).delay],
      )
    expect(delays).toEqual([
      ['AAPL', 0],
      ['005930.KS', 20 * MINUTE],
      ['KRW=X', 0],
      ['^GSPC', 0],
    ])
  })

  test('a type that is not known decodes to nothing', () => {
    expect(yahoo.decode('{"type":"ping"}')).toEqual([])
  })

  test.each([
    ['', 'not-json'],
    ['PONG', 'not-json'],
    ['<html></html>', 'not-json'],
    ['42', 'unknown-shape'],
    ['{}', 'missing-field'],
    ['{"type":"pricing","message":"****"}', 'not-json'],
    ['{"type":"pricing","message":"CgRE"}', 'unknown-shape'],
    ['{"type":"pricing","message":"GICA6vG8AwAA"}', 'unknown-shape'],
    [' '.repeat(70_000), 'too-large'],
  ])('A-13 %j is refused by rule', (frame, rule) => {
    let found = ''
    try {
      yahoo.decode(frame)
    } catch (error) {
      if (error instanceof FrameError) found = error.rule
    }
    expect(found).toBe(rule)
  })

  test('a hundred symbols a socket, and no acknowledgements', () => {
    const wants = Array.from({ length: 101 }, (_, nth) => ({ market: `S${nth}`, channels: ['ticker'] as const }))
    const plans = yahoo.connect(wants)
    expect(plans.map((plan) => plan.wants.length)).toEqual([100, 1])
    expect([plans[1]?.frames, yahoo.acknowledgements?.('')]).toEqual([['{"subscribe":["S100"]}'], 0])
  })

  test('the shortest number that is the same 32-bit float', () => {
    const values = [24.53499984741211, 94745.078125, 46539.140625, 1385.4200439453125, 250500, 0.0000012345678]
    expect(values.map((value) => shortest(Math.fround(value)))).toEqual([
      '24.5350',
      '94745.08',
      '46539.14',
      '1385.42',
      '250500',
      '0.0000012345678',
    ])
  })
})

describe('the chart endpoint', () => {
  const [quote] = yahoo.rest.tickers(['^KS11'])

  test('A-01 recorded answers have exactly their values; 0 is no price', () => {
    if (!hasSamples()) return
    expect(quote?.decode(sampled('chart-KOSPI-25.KS.json'))).toEqual([
      {
        market: '^KS11',
        at: 1_790_939_140_000,
        data: { kind: 'ticker', last: '46539.14', change: '0.0093', delay: 20 * MINUTE },
      },
    ])
    const candles = yahoo.rest.candles('^SOX', DAY, Date.UTC(2026, 9, 6), 1)
    expect(candles.decode(sampled('chart-SOX.json'))).toEqual([
      {
        openAt: Date.UTC(2026, 9, 5),
        open: '13148.843',
        high: '13152.674',
        low: '13004.668',
        close: '13128.23',
        volume: '0',
      },
    ])
    expect(candles.decode(sampled('chart-KOSPI-25.KS.json'))).toEqual([])
  })

  test('^ is escaped in the path, = is not', () => {
    expect([quote?.path, yahoo.rest.tickers(['KRW=X'])[0]?.path].map((path) => path?.split('?')[0])).toEqual([
      '/v8/finance/chart/%5EKS11',
      '/v8/finance/chart/KRW=X',
    ])
  })

  test('an error of its own is told in its own words', () => {
    const body = '{"chart":{"result":null,"error":{"code":"Not Found","description":"No data found"}}}'
    expect(() => quote?.decode(body)).toThrow(new VenueError('Not Found', 'No data found'))
  })

  test('the running row beside the day’s own takes its place, and no minute is made of it', () => {
    const open = Date.UTC(2026, 10, 23, 14, 30) / 1_000
    const rows = { open: [1, 2], high: [3, 4], low: [1, 1], close: [2, 3], volume: [10, 12] }
    const meta = { gmtoffset: -18_000 }
    const day = yahoo.rest.candles('AAPL', DAY, Date.UTC(2026, 10, 24), 10)
    expect(day.decode(chart(meta, [open, open + 3_723], rows))).toEqual([
      { openAt: Date.UTC(2026, 10, 23), open: '2', high: '4', low: '1', close: '3', volume: '12' },
    ])
    const minutes = yahoo.rest.candles('AAPL', MINUTE, Date.UTC(2026, 10, 24), 10)
    expect(minutes.decode(chart(meta, [open, open + 33], rows)).map(({ openAt }) => openAt)).toEqual([open * 1_000])
  })

  test('hours begin on the hour though New York opens at half past; rows without a price are left out', () => {
    const open = Date.UTC(2026, 10, 23, 14, 30) / 1_000
    const times = [0, 900, 1_800, 2_700].map((after) => open + after)
    const rows = {
      open: [1, 2, null, 4],
      high: [1, 2, null, 4],
      low: [1, 2, null, 4],
      close: [1, 2, null, 4],
      volume: [1, 1, null, 1],
    }
    const hours = yahoo.rest.candles('AAPL', HOUR, Date.UTC(2026, 10, 24), 10)
    expect(hours.decode(chart({}, times, rows))).toEqual([
      { openAt: Date.UTC(2026, 10, 23, 14), open: '1', high: '2', low: '1', close: '2', volume: '2' },
      { openAt: Date.UTC(2026, 10, 23, 15), open: '4', high: '4', low: '4', close: '4', volume: '1' },
    ])
  })

  test('pairs of currencies are written as pairs', () => {
    const natives = ['KRW=X', 'EURUSD=X', 'AAPL', '005930.KS', '^KS11', 'not a symbol']
    const keys = ['yahoo:USD/KRW', 'yahoo:EUR/USD', 'yahoo:AAPL', 'yahoo:005930.KS', 'yahoo:^KS11', undefined]
    expect(natives.map((native) => yahoo.toKey(native))).toEqual(keys)
    expect(keys.map((key) => key && yahoo.toNative?.(key as 'yahoo:x'))).toEqual([...natives.slice(0, 5), undefined])
  })
})
