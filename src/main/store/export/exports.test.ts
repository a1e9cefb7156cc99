import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ExportProgress, ExportRequest } from '../../../shared/export-view.ts'
import type { Exports } from './exports.ts'
import { openExports } from './exports.ts'
import type { SampleMarket } from './sample-market.ts'
import { BINANCE, fillSeconds, openSampleMarket, sampleRequest, sampleTrades, START, UPBIT } from './sample-market.ts'

let market: SampleMarket
let exports: Exports

beforeEach(() => {
  market = openSampleMarket()
  exports = openExports({
    marketFile: market.file,
    folder: join(market.folder, 'exports'),
    demo: false,
    version: '1.2.3',
    collector: 'c-1',
  })
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

async function exported(request: ExportRequest): Promise<{ name: string; bytes: Buffer }> {
  const { id } = exports.start(request)
  const { files } = await finished(id)
  const name = files[0]?.name ?? ''
  return { name, bytes: readFileSync(exports.path(id, name) ?? '') }
}

test('a gzip export unpacks to the same text', async () => {
  fillSeconds(market)
  const plain = await exported(sampleRequest())
  const packed = await exported(sampleRequest({ gzip: true }))
  expect({ name: packed.name, text: gunzipSync(packed.bytes).toString() }).toEqual({
    name: `${plain.name}.gz`,
    text: plain.bytes.toString(),
  })
})

/** 300,000 in `npm test`; `npm run bench` has A-46's 10,000,000. */
const MANY = 300_000

test('A-46 many rows are written with progress, and memory stays bounded', async () => {
  sampleTrades(market, [UPBIT, BINANCE], MANY)
  const before = process.memoryUsage.rss()
  let peak = before
  const seen: ExportProgress[] = []
  const { id } = exports.start(sampleRequest({ kind: 'trades', instruments: [UPBIT, BINANCE], to: START + 1e9 }))
  const leave = exports.watch(id, (progress) => {
    peak = Math.max(peak, process.memoryUsage.rss())
    seen.push(progress)
  })
  const { state, rows, totalRows } = await finished(id)
  leave()
  const onTheWay = seen.filter((progress) => progress.state === 'writing' && progress.rows > 0)
  expect({
    end: { state, rows, totalRows },
    told: onTheWay.length > 0,
    total: new Set(onTheWay.map((progress) => progress.totalRows)),
    grew: onTheWay.every((progress, index) => progress.rows > (onTheWay[index - 1]?.rows ?? 0)),
    within100MB: peak - before < 100e6,
  }).toEqual({
    end: { state: 'done', rows: MANY, totalRows: MANY },
    told: true,
    total: new Set([MANY]),
    grew: true,
    within100MB: true,
  })
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
  fillSeconds(market)
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
  fillSeconds(market)
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
  fillSeconds(market)
  market.bars(BINANCE, [{ openAt: START, price: '1', volume: '1', trades: 1 }])
  const request = sampleRequest({ instruments: [UPBIT, BINANCE], zone: 'KST' })
  const preview = await exports.preview(request)
  const { name, bytes } = await exported(request)
  const text = bytes.toString()
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
  const { bytes } = await exported(sampleRequest({ bom: false, instruments: ['okx:NO/SUCH'] }))
  expect(bytes.toString().split('\r\n').slice(1)).toEqual([''])
  expect(() => exports.watch('nobody', () => {})).toThrow('There is no export "nobody"')
  expect(exports.path('nobody', 'x')).toBeUndefined()
})
