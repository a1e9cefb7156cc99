import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { exportSample } from './sample-export.ts'
import type { SampleMarket } from './sample-market.ts'
import { BINANCE, fillSeconds, openSampleMarket, sampleRequest, START, UPBIT } from './sample-market.ts'
import type { WriteHooks } from './write-export.ts'

let market: SampleMarket
beforeEach(() => {
  market = openSampleMarket()
})
afterEach(() => market.remove())

test('A-45 one-second bars are written with BOM, Korean header, zone in the header, UTC and epoch', async () => {
  fillSeconds(market)
  const { name, text } = await exportSample(market, sampleRequest({ zone: 'KST', language: 'ko' }))
  expect({ name, lines: text.split('\r\n') }).toEqual({
    name: 'upbit-BTC-KRW-1s-20261122T1432-20261122T143210-KST.csv',
    lines: [
      '\uFEFF시각(KST),시각(UTC),epoch_ms,거래소,종목,시가,고가,저가,종가,VWAP,평균가,거래량,거래대금,매수량,체결수,정정,상태',
      '2026-11-22T14:32:00+09:00,2026-11-22T05:32:00Z,1795325520000,upbit,BTC/KRW,96885000,96885000,96885000,96885000,96885000,96885000,0.41820117,96885000,0.41820117,9,0,traded',
      '2026-11-22T14:32:01+09:00,2026-11-22T05:32:01Z,1795325521000,upbit,BTC/KRW,,,,,,,,,,,,quiet',
      '2026-11-22T14:32:02+09:00,2026-11-22T05:32:02Z,1795325522000,upbit,BTC/KRW,,,,,,,,,,,,quiet',
      '2026-11-22T14:32:03+09:00,2026-11-22T05:32:03Z,1795325523000,upbit,BTC/KRW,96890000,96890000,96890000,96890000,96890000,96890000,0.1734,96890000,0.1734,6,1,backfilled',
      '2026-11-22T14:32:04+09:00,2026-11-22T05:32:04Z,1795325524000,upbit,BTC/KRW,,,,,,,,,,,,missing',
      '2026-11-22T14:32:05+09:00,2026-11-22T05:32:05Z,1795325525000,upbit,BTC/KRW,,,,,,,,,,,,missing',
      '2026-11-22T14:32:06+09:00,2026-11-22T05:32:06Z,1795325526000,upbit,BTC/KRW,,,,,,,,,,,,quiet',
      '',
    ],
  })
})

test('A-45 the S0 preset has exactly five columns, one row per traded second, and no zone in the time', async () => {
  fillSeconds(market)
  const { name, text } = await exportSample(market, sampleRequest({ preset: 's0', zone: 'KST' }))
  expect({ name, text }).toEqual({
    name: 'upbit-BTC-KRW-s0-20261122T1432-20261122T143210-KST.csv',
    text:
      'ticker,avg_price,total_volume,batch_size,timestamp\n' +
      'BTC-KRW,96885000,0.41820117,9,2026-11-22T14:32:00.000000\n' +
      'BTC-KRW,96890000,0.1734,6,2026-11-22T14:32:03.000000\n',
  })
})

test('A-45 demo files say DEMO in their name, header, rows and sidecar, an S0 file in name and sidecar only', async () => {
  fillSeconds(market)
  const own = await exportSample(market, sampleRequest({ to: START + 1_000, bom: false }), { demo: true })
  const s0 = await exportSample(market, sampleRequest({ to: START + 1_000, preset: 's0' }), { demo: true })
  expect({
    names: [own.name, s0.name].map((name) => name.slice(0, 14)),
    header: own.text.split('\r\n')[0]?.endsWith(',state,DEMO'),
    row: own.text.split('\r\n')[1]?.endsWith(',traded,simulated'),
    demo: [own.meta['demo'], s0.meta['demo']],
    s0: s0.text,
  }).toEqual({
    names: ['DEMO-upbit-BTC', 'DEMO-upbit-BTC'],
    header: true,
    row: true,
    demo: [true, true],
    s0: 'ticker,avg_price,total_volume,batch_size,timestamp\nBTC-KRW,96885000,0.41820117,9,2026-11-22T05:32:00.000000\n',
  })
})

test('A-10 A-11 trades leave as they were stored: exact text, absent values empty, in order of (at, arrival)', async () => {
  market.trades(UPBIT, [
    { at: START + 5, id: '17883351803770004', price: '123456789.123456789', size: '0.00001234', side: 'buy' },
    { at: START + 5, id: '17883351803770003', price: '1', size: '2', side: 'sell', origin: 'backfill' },
    { at: START + 1, id: '9', price: '3', size: '4', atText: '2026-11-22T05:32:00.001234Z' },
  ])
  const { text } = await exportSample(market, sampleRequest({ kind: 'trades', bom: false }))
  const utc = '2026-11-22T05:32:00.00'
  expect(text.split('\r\n')).toEqual([
    'time_utc,epoch_ms,exchange,market,id,price,size,side,origin,received_ms,venue_time',
    `${utc}1Z,1795325520001,upbit,BTC/KRW,9,3,4,,stream,1795325520031,2026-11-22T05:32:00.001234Z`,
    `${utc}5Z,1795325520005,upbit,BTC/KRW,17883351803770004,123456789.123456789,0.00001234,buy,stream,1795325520035,`,
    `${utc}5Z,1795325520005,upbit,BTC/KRW,17883351803770003,1,2,sell,backfill,1795325520035,`,
    '',
  ])
})

test('A-11 a page that ends inside one millisecond keeps the order of arrival', async () => {
  // Arrival runs against the ids, and 2,500 trades of one millisecond reach over three pages.
  const trades = Array.from({ length: 2_700 }, (_, index) => ({
    at: START + (index < 100 ? index : 200 + Math.max(0, index - 2_599)),
    id: String(90_000 - index),
    price: '1',
    size: '1',
  }))
  market.trades(UPBIT, trades)
  const { text } = await exportSample(market, sampleRequest({ kind: 'trades', bom: false }))
  const ids = text
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(',')[4])
  expect(ids).toEqual(trades.map(({ id }) => id))
})

test('A-51 the sidecar states rows, hash, completeness and gaps', async () => {
  fillSeconds(market)
  const { name, bytes, meta } = await exportSample(
    market,
    sampleRequest({ instruments: [UPBIT, BINANCE], zone: 'KST' }),
  )
  const { createdAt, files, ...rest } = meta
  expect({
    name,
    dated: Date.parse(createdAt as string) > START - 1e12,
    files,
    rest,
  }).toEqual({
    name: '2-markets-1s-20261122T1432-20261122T143210-KST.csv',
    dated: true,
    files: [{ name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }],
    rest: {
      product: 'Tapedeck',
      version: '1.2.3',
      collector: 'c-1',
      demo: false,
      kind: 'bars-1s',
      preset: 'tapedeck',
      format: 'csv',
      zone: 'KST',
      language: 'en',
      emptySeconds: true,
      from: START,
      to: START + 10_000,
      fromIso: '2026-11-22T05:32:00.000Z',
      toIso: '2026-11-22T05:32:10.000Z',
      instruments: [UPBIT, BINANCE],
      rows: 7,
      gaps: {
        count: 2,
        list: [
          {
            instrument: UPBIT,
            since: START + 3_200,
            until: START + 3_900,
            reason: 'disconnected',
            filledBy: 'backfill',
          },
          { instrument: UPBIT, since: START + 4_100, until: START + 5_500, reason: 'silent' },
        ],
      },
      completeness: [
        {
          instrument: UPBIT,
          seconds: 10,
          live: 4,
          backfilled: 1,
          missing: 2,
          unwatched: 3,
          percent: { live: 40, backfilled: 10, missing: 20, unwatched: 30 },
          watched: { from: START, to: START + 7_000 },
        },
        {
          instrument: BINANCE,
          seconds: 10,
          live: 0,
          backfilled: 0,
          missing: 0,
          unwatched: 10,
          percent: { live: 0, backfilled: 0, missing: 0, unwatched: 100 },
        },
      ],
    },
  })
})

test('gaps are listed with their length, reason and who filled them; an open one has no end', async () => {
  market.gap(UPBIT, START + 1_250, START + 4_000, 'sequence', 'backfill')
  market.gap(UPBIT, START + 9_000, null, 'engine-down')
  const { text } = await exportSample(market, sampleRequest({ kind: 'gaps', bom: false }))
  expect(text.split('\r\n')).toEqual([
    'since_utc,since_ms,exchange,market,until_utc,until_ms,seconds,reason,filled_by',
    '2026-11-22T05:32:01.250Z,1795325521250,upbit,BTC/KRW,2026-11-22T05:32:04.000Z,1795325524000,2.75,sequence,backfill',
    '2026-11-22T05:32:09.000Z,1795325529000,upbit,BTC/KRW,,,,engine-down,',
    '',
  ])
})

test('tickers leave with what the venue gave and nothing else', async () => {
  market.db
    .prepare('INSERT INTO tickers (instrument, at, received_at, origin, last, change) VALUES (?, ?, ?, ?, ?, ?)')
    .run(market.id(UPBIT), START + 900, START + 950, 'polled', '96885000', '-0.0184')
  const { text } = await exportSample(market, sampleRequest({ kind: 'tickers', bom: false }))
  expect(text.split('\r\n')[1]).toBe(
    '2026-11-22T05:32:00.900Z,1795325520900,upbit,BTC/KRW,96885000,,,,,,,,-0.0184,polled,1795325520950',
  )
})

test('A-45 ids for spreadsheets stay text, numbers stay numbers', async () => {
  market.trades(UPBIT, [{ at: START, id: '17883351803770004', price: '1', size: '0.5' }])
  const { text } = await exportSample(market, sampleRequest({ kind: 'trades', spreadsheet: true }))
  expect(text.split('\r\n')[1]).toContain(',BTC/KRW,"=""17883351803770004""",1,0.5,')
})

const threeThousand = (from: number) =>
  Array.from({ length: 3_000 }, (_, i) => ({ at: START + from + i, id: `${from + i}`, price: '1', size: '1' }))

test('an export takes one state of the store, whatever is written meanwhile', async () => {
  market.trades(UPBIT, threeThousand(0))
  let written = false
  const { meta } = await exportSample(market, sampleRequest({ kind: 'trades' }), {
    hooks: {
      stopped: () => false,
      onRows() {
        if (!written) market.trades(UPBIT, threeThousand(5_000))
        written = true
      },
    },
  })
  expect({ written, rows: meta['rows'] }).toEqual({ written: true, rows: 3_000 })
})

test('A-46 a cancel is noticed within 10,000 rows', async () => {
  const trades = Array.from({ length: 20_000 }, (_, i) => ({ at: START + i, id: `${i}`, price: '1', size: '1' }))
  market.trades(UPBIT, trades)
  let rows = 0
  const request = sampleRequest({ kind: 'trades', to: START + 60_000 })
  const hooks: WriteHooks = { stopped: () => rows > 0, onRows: (progress) => (rows = progress.rows) }
  await expect(exportSample(market, request, { hooks })).rejects.toThrow('cancelled')
  const left = readdirSync(market.folder, { recursive: true }).filter((name) => String(name).includes('csv'))
  expect({ soon: rows <= 10_000, left }).toEqual({ soon: true, left: [] })
})
