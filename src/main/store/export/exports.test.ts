import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ExportProgress, ExportRequest } from '../../../shared/contract.ts'
import type { Exports } from './exports.ts'
import { openExports } from './exports.ts'
import type { SampleMarket } from './sample-market.ts'
import { BINANCE, openSampleMarket, sampleRequest, START, UPBIT } from './sample-market.ts'

let market: SampleMarket
let exports: Exports

const open = (demo = false) =>
  openExports({
    marketFile: market.file,
    folder: join(market.folder, 'exports'),
    demo,
    version: '1.2.3',
    collector: 'c-1',
  })

beforeEach(() => {
  market = openSampleMarket()
  exports = open()
})
afterEach(async () => {
  await exports.close()
  market.remove()
})

function finished(id: string): Promise<ExportProgress> {
  return new Promise((resolve) => {
    const leave = exports.watch(id, (progress) => {
      if (progress.state === 'writing') return
      queueMicrotask(() => leave())
      resolve(progress)
    })
  })
}

async function exported(
  request: ExportRequest,
): Promise<{ name: string; text: string; meta: Record<string, unknown> }> {
  const { id } = exports.start(request)
  const progress = await finished(id)
  const [data, sidecar] = progress.files
  if (!data || !sidecar) throw new Error(JSON.stringify(progress))
  const bytes = readFileSync(exports.path(id, data.name) ?? '')
  expect(data).toEqual({
    name: data.name,
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  })
  const meta = JSON.parse(readFileSync(exports.path(id, sidecar.name) ?? '', 'utf8')) as Record<string, unknown>
  return { name: data.name, text: (data.name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString(), meta }
}

function fillSeconds(): void {
  market.watched(UPBIT, START, START + 6_999)
  market.bars(UPBIT, [
    { openAt: START, price: '96885000', volume: '0.41820117', trades: 9 },
    { openAt: START + 3_000, price: '96890000', volume: '0.1734', trades: 6, state: 'backfilled', revision: 1 },
  ])
  market.gap(UPBIT, START + 3_200, START + 3_900, 'disconnected', 'backfill')
  market.gap(UPBIT, START + 4_100, START + 5_500, 'silent')
}

test('A-45 one-second bars are written with BOM, Korean header, zone in the header, UTC and epoch', async () => {
  fillSeconds()
  const { name, text } = await exported(sampleRequest({ zone: 'KST', language: 'ko' }))
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
  fillSeconds()
  const { name, text } = await exported(sampleRequest({ preset: 's0', zone: 'KST' }))
  expect({ name, text }).toEqual({
    name: 'upbit-BTC-KRW-s0-20261122T1432-20261122T143210-KST.csv',
    text:
      'ticker,avg_price,total_volume,batch_size,timestamp\n' +
      'BTC-KRW,96885000,0.41820117,9,2026-11-22T14:32:00.000000\n' +
      'BTC-KRW,96890000,0.1734,6,2026-11-22T14:32:03.000000\n',
  })
})

test('A-45 demo files say DEMO in their name, header, rows and sidecar, an S0 file in name and sidecar only', async () => {
  fillSeconds()
  await exports.close()
  exports = open(true)
  const own = await exported(sampleRequest({ to: START + 1_000, bom: false }))
  const s0 = await exported(sampleRequest({ to: START + 1_000, preset: 's0' }))
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
  const { text } = await exported(sampleRequest({ kind: 'trades', bom: false }))
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
  const { text } = await exported(sampleRequest({ kind: 'trades', bom: false }))
  const ids = text
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(',')[4])
  expect(ids).toEqual(trades.map(({ id }) => id))
})

test('A-20 missing and quiet are told apart, and unwatched seconds give no rows', async () => {
  market.watched(UPBIT, START + 2_000, START + 5_000)
  market.gap(UPBIT, START + 3_500, null, 'disconnected')
  const { text, meta } = await exported(sampleRequest({ bom: false }))
  const states = text
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((line) => [line.split(',')[1], line.split(',').at(-1)])
  expect({ states, completeness: meta['completeness'] }).toEqual({
    states: [
      [String(START + 2_000), 'quiet'],
      [String(START + 3_000), 'missing'],
      [String(START + 4_000), 'missing'],
      [String(START + 5_000), 'missing'],
    ],
    completeness: [
      {
        instrument: UPBIT,
        seconds: 10,
        live: 1,
        backfilled: 0,
        missing: 3,
        unwatched: 6,
        percent: { live: 10, backfilled: 0, missing: 30, unwatched: 60 },
        watched: { from: START + 2_000, to: START + 5_000 },
      },
    ],
  })
})

test('A-51 the sidecar states rows, hash, completeness and gaps', async () => {
  fillSeconds()
  const { name, meta } = await exported(sampleRequest({ instruments: [UPBIT, BINANCE], zone: 'KST' }))
  const { createdAt, files, ...rest } = meta
  expect({
    name,
    dated: Date.parse(createdAt as string) > START - 1e12,
    files: (files as unknown[]).length,
    rest,
  }).toEqual({
    name: '2-markets-1s-20261122T1432-20261122T143210-KST.csv',
    dated: true,
    files: 1,
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
          watched: { from: START, to: START + 6_999 },
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

test('bars of other intervals are merged from the longest stored ones, and empty ones are told apart', async () => {
  market.watched(UPBIT, START, START + 1_800_000)
  market.gap(UPBIT, START + 700_000, START + 701_000, 'disconnected')
  market.bars(UPBIT, [
    { openAt: START, interval: 60_000, price: '10', volume: '1', trades: 2 },
    { openAt: START + 120_000, interval: 60_000, price: '40', volume: '1', trades: 1, revision: 1 },
    { openAt: START + 120_000, price: '40', volume: '1', trades: 1, revision: 1 },
  ])
  const { name, text } = await exported(
    sampleRequest({ kind: 'bars', interval: 300_000, from: START - 120_000, to: START + 1_000_000, bom: false }),
  )
  expect({ name, lines: text.trimEnd().split('\r\n').slice(1) }).toEqual({
    name: 'upbit-BTC-KRW-5m-20261122T0530-20261122T054840-UTC.csv',
    lines: [
      '2026-11-22T05:30:00Z,1795325400000,upbit,BTC/KRW,10,40,10,40,25,20,2,50,2,3,1,traded',
      '2026-11-22T05:35:00Z,1795325700000,upbit,BTC/KRW,,,,,,,,,,,,quiet',
      '2026-11-22T05:40:00Z,1795326000000,upbit,BTC/KRW,,,,,,,,,,,,missing',
      '2026-11-22T05:45:00Z,1795326300000,upbit,BTC/KRW,,,,,,,,,,,,quiet',
    ],
  })
})

test('gaps are listed with their length, reason and who filled them; an open one has no end', async () => {
  market.gap(UPBIT, START + 1_250, START + 4_000, 'sequence', 'backfill')
  market.gap(UPBIT, START + 9_000, null, 'engine-down')
  const { text } = await exported(sampleRequest({ kind: 'gaps', bom: false }))
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
  const { text } = await exported(sampleRequest({ kind: 'tickers', bom: false }))
  expect(text.split('\r\n')[1]).toBe(
    '2026-11-22T05:32:00.900Z,1795325520900,upbit,BTC/KRW,96885000,,,,,,,,-0.0184,polled,1795325520950',
  )
})

test('a gzip export unpacks to the same text', async () => {
  fillSeconds()
  const plain = await exported(sampleRequest())
  const packed = await exported(sampleRequest({ gzip: true }))
  expect({ name: packed.name, text: packed.text }).toEqual({ name: `${plain.name}.gz`, text: plain.text })
})

test('an export takes one state of the store, whatever is written meanwhile', async () => {
  market.trades(
    UPBIT,
    Array.from({ length: 30_000 }, (_, i) => ({ at: START + i, id: `a${i}`, price: '1', size: '1' })),
  )
  const { id } = exports.start(sampleRequest({ kind: 'trades', to: START + 1e9 }))
  await new Promise<void>((resolve) => {
    const leave = exports.watch(id, ({ rows, state }) => {
      if (rows === 0 && state === 'writing') return
      queueMicrotask(() => leave())
      resolve()
    })
  })
  market.trades(
    UPBIT,
    Array.from({ length: 10 }, (_, i) => ({ at: START + 40_000 + i, id: `b${i}`, price: '1', size: '1' })),
  )
  const { rows, totalRows } = await finished(id)
  expect({ rows, totalRows }).toEqual({ rows: 30_000, totalRows: 30_000 })
})

test('A-46 a cancelled export leaves nothing behind', async () => {
  market.trades(
    UPBIT,
    Array.from({ length: 200_000 }, (_, i) => ({ at: START + i, id: `a${i}`, price: '1', size: '1' })),
  )
  const target = join(market.folder, 'out.csv')
  const { id } = exports.start(sampleRequest({ kind: 'trades', to: START + 1e9 }), { target })
  const download = exports.start(sampleRequest({ kind: 'trades', to: START + 1e9, gzip: true }))
  for (const each of [id, download.id]) {
    const leave = exports.watch(each, ({ rows }) => rows > 0 && exports.cancel(each))
    expect((await finished(each)).state).toBe('cancelled')
    leave()
  }
  expect({
    beside: readdirSync(market.folder).filter((name) => name.startsWith('out')),
    downloads: readdirSync(join(market.folder, 'exports')),
  }).toEqual({
    beside: [],
    downloads: [],
  })
})

test('A-46 a full disk is a fault with its cure, and leaves nothing behind', async () => {
  if (!existsSync('/dev/full')) return console.log('This system has no /dev/full: a full disk is not tried.')
  fillSeconds()
  const target = join(market.folder, 'out.csv')
  symlinkSync('/dev/full', `${target}.part`)
  const { state, fault } = await finished(exports.start(sampleRequest(), { target }).id)
  expect({ state, fault, left: readdirSync(market.folder).filter((name) => name.startsWith('out')) }).toEqual({
    state: 'failed',
    fault: {
      code: 'disk-full',
      message: `The disk of ${market.folder} is full. Free some space. Nothing was left behind: export again.`,
    },
    left: [],
  })
})

test('a target in a folder that is not there is refused with a reason', async () => {
  const folder = join(market.folder, 'nowhere')
  const { fault } = await finished(exports.start(sampleRequest(), { target: join(folder, 'out.csv') }).id)
  expect(fault).toEqual({
    code: 'disk-failed',
    message: `out.csv could not be written into ${folder} (ENOENT). Choose another folder. Nothing was left behind: export again.`,
  })
})

test('an export with a target stands there, with its sidecar beside it', async () => {
  fillSeconds()
  const target = join(market.folder, 'mine.csv')
  const { id } = exports.start(sampleRequest(), { target })
  expect(() => exports.start(sampleRequest(), { target })).toThrow('mine.csv is being written by another export')
  const { files } = await finished(id)
  expect({
    names: files.map(({ name }) => name),
    there: readdirSync(market.folder)
      .filter((name) => name.startsWith('mine'))
      .toSorted(),
    path: basename(exports.path(id, 'mine.csv') ?? ''),
  }).toEqual({ names: ['mine.csv', 'mine.csv.meta.json'], there: ['mine.csv', 'mine.csv.meta.json'], path: 'mine.csv' })
})

test('the preview shows the lines as the file will have them, its exact rows, and how complete they are', async () => {
  fillSeconds()
  market.bars(BINANCE, [{ openAt: START, price: '1', volume: '1', trades: 1 }])
  const request = sampleRequest({ instruments: [UPBIT, BINANCE], zone: 'KST' })
  const preview = await exports.preview(request)
  const { name, text } = await exported(request)
  const lines = text.slice(1).split('\r\n')
  expect({
    ...preview,
    completeness: preview.completeness.map(({ live, runs }) => ({ live, runs: runs.length })),
  }).toEqual({
    name,
    columns: lines[0]?.split(','),
    lines: lines.slice(0, 6),
    rows: 7,
    bytes: preview.bytes,
    completeness: [
      { live: 4, runs: 5 },
      { live: 0, runs: 1 },
    ],
  })
  expect(Math.abs(preview.bytes - Buffer.byteLength(text)) / Buffer.byteLength(text)).toBeLessThan(0.2)
})

test('what the store has never seen is an empty export, and an unknown id is not found', async () => {
  const { text } = await exported(sampleRequest({ bom: false, instruments: ['okx:NO/SUCH'] }))
  expect(text.split('\r\n').slice(1)).toEqual([''])
  expect(() => exports.watch('nobody', () => {})).toThrow('There is no export "nobody"')
  expect(exports.path('nobody', 'x')).toBeUndefined()
})
