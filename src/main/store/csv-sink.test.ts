import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Bar, InstrumentKey, MarketEvent } from '../../shared/market.ts'
import type { BarSource, CsvSink, CsvSinkOptions } from './csv-sink.ts'
import { createCsvSink } from './csv-sink.ts'

const MARKET: InstrumentKey = 'binance:BTC/USDT'
const START = 1_795_325_520_000
const HEADER = 'ticker,avg_price,total_volume,batch_size,timestamp\n'

let folder: string
let said: string[]
let tick: () => void
let give: Parameters<BarSource>[1] | undefined
let askedFrom: (number | undefined)[]
let sink: CsvSink | undefined

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-sink-'))
  said = []
  give = undefined
  askedFrom = []
})
afterEach(async () => {
  await sink?.close()
  rmSync(folder, { recursive: true, force: true })
})

async function open(options: Partial<CsvSinkOptions> = {}): Promise<CsvSink> {
  sink = createCsvSink({
    folder,
    market: MARKET,
    ticker: 'BTC-USD',
    zone: 'KST',
    demo: false,
    batch: 10,
    everySeconds: 10,
    epoch: 'one',
    source: (cursor, onBatch) => {
      askedFrom.push(cursor)
      give = onBatch
      return () => (give = undefined)
    },
    log: { info: (text) => said.push(text), warn: (text) => said.push(`warn: ${text}`) },
    ticks: (_every, onTick) => {
      tick = onTick
      return () => {}
    },
    ...options,
  })
  await vi.waitUntil(() => give ?? sink?.stats().fault)
  return sink
}

function bar(second: number, change: Partial<Bar> = {}, instrument: InstrumentKey = MARKET): MarketEvent {
  const openAt = START + second * 1_000
  const values = { avgPrice: '68412.3', volume: '0.07399', trades: 18 }
  const data = { kind: 'bar', interval: 1_000, openAt, revision: 0, state: 'traded', ...values, ...change } as Bar
  return { instrument, at: openAt, receivedAt: openAt, origin: 'stream', data }
}

const bars = (from: number, count: number) => Array.from({ length: count }, (_, index) => bar(from + index))
const rows = () =>
  readFileSync(sink?.file ?? '', 'utf8')
    .split('\n')
    .slice(1, -1)
const ledger = () => JSON.parse(readFileSync(`${sink?.file}.ledger`, 'utf8')) as { cursor?: number; length: number }

test('A-47 ten records are appended as a batch with the words of S0, and the cursor moves behind them', async () => {
  const { file } = await open()
  void give?.({ base: 0, events: bars(0, 9) })
  tick()
  await expect.poll(() => ledger().cursor).toBe(0)
  void give?.({ base: 9, events: bars(9, 9) })
  tick()
  await expect.poll(() => said).toEqual(['Written 10 records to CSV.'])
  await expect.poll(() => ledger().cursor).toBe(10)
  const { lastAt, ...rest } = sink!.stats()
  expect({
    text: readFileSync(file, 'utf8').slice(0, 110),
    rows: rows().length,
    stats: rest,
    dated: lastAt !== undefined,
  }).toEqual({
    text: `${HEADER}BTC-USD,68412.3,0.07399,18,2026-11-22T14:32:00.000000\nBTC-USD`.slice(0, 110),
    rows: 10,
    stats: { file: join(folder, 's0-binance-BTC-USDT-KST.csv'), written: 10 },
    dated: true,
  })
})

test('A-47 fewer records than a batch wait for one tick more, then are written with their real number', async () => {
  await open()
  void give?.({ base: 0, events: bars(0, 3) })
  tick()
  await expect.poll(() => ledger().cursor).toBe(0)
  void give?.({ base: 3, events: bars(3, 1) })
  tick()
  await expect.poll(() => said).toEqual(['Written 4 records to CSV.'])
})

test('A-47 other markets, quiet seconds, longer bars and corrections give no line, but the cursor passes them', async () => {
  await open()
  const events = [
    bar(0),
    bar(0, {}, 'binance:ETH/USDT'),
    { ...bar(1), data: { kind: 'bar', interval: 1_000, openAt: START, revision: 0, state: 'quiet' } as Bar },
    bar(0, { interval: 60_000 }),
    bar(0, { revision: 1 }),
  ]
  void give?.({ base: 40, events })
  await sink?.close()
  expect({ said, rows: rows(), cursor: ledger().cursor }).toEqual({
    said: ['Written 1 records to CSV.'],
    rows: ['BTC-USD,68412.3,0.07399,18,2026-11-22T14:32:00.000000'],
    cursor: 45,
  })
})

test('A-47 a restart goes on at its cursor, cuts off half a line, and takes no record twice', async () => {
  await open()
  void give?.({ base: 0, events: bars(0, 12) })
  await sink?.close()
  appendFileSync(sink?.file ?? '', 'BTC-USD,684')
  await open()
  void give?.({ base: 10, events: bars(10, 5) })
  await sink?.close()
  const seconds = rows().map((row) => Number(row.slice(-9, -7)))
  expect({ askedFrom, seconds }).toEqual({
    askedFrom: [undefined, 12],
    seconds: Array.from({ length: 15 }, (_, n) => n),
  })
})

test('records that the journal no longer has are told, with their number', async () => {
  await open()
  void give?.({ base: 0, events: bars(0, 1) })
  void give?.({ base: 5, events: bars(5, 1) })
  await sink?.close()
  expect(said).toEqual([
    `warn: 4 records were gone from the journal before they were written to ${sink?.file}.`,
    'Written 2 records to CSV.',
  ])
})

test('another journal counts from its own start; the file goes on', async () => {
  await open()
  void give?.({ base: 0, events: bars(0, 10) })
  await sink?.close()
  await open({ epoch: 'two' })
  void give?.({ base: 0, events: bars(20, 1) })
  await sink?.close()
  expect({ askedFrom, rows: rows().length }).toEqual({ askedFrom: [undefined, undefined], rows: 11 })
})

test('a file that someone made shorter is carried on with a word about it', async () => {
  await open()
  void give?.({ base: 0, events: bars(0, 10) })
  await sink?.close()
  writeFileSync(sink?.file ?? '', HEADER)
  await open()
  void give?.({ base: 10, events: bars(10, 1) })
  await sink?.close()
  expect({
    rows: rows().length,
    warned: said.filter((line) => line.includes('shorter than it was left')).length,
  }).toEqual({
    rows: 1,
    warned: 1,
  })
})

test('a folder that cannot be written is a fault, told once, and tried again with each tick', async () => {
  writeFileSync(join(folder, 'blocked'), '')
  const target = join(folder, 'blocked', 'inside')
  await open({ folder: target })
  tick()
  await expect.poll(() => sink?.stats().fault?.code).toBe('disk-failed')
  rmSync(join(folder, 'blocked'))
  tick()
  await vi.waitUntil(() => give)
  await expect.poll(() => sink?.stats().fault).toBeUndefined()
  expect(said).toEqual([expect.stringContaining('could not be written into')])
})

test('a long backlog is written without waiting for a tick', async () => {
  await open()
  await give?.({ base: 0, events: bars(0, 2_500) })
  expect({ lines: rows().length, batches: said.length }).toEqual({ lines: 2_500, batches: 250 })
})

test('while the disk is in trouble the source waits, and nothing is missing or doubled afterwards', async () => {
  await open()
  const inTheWay = `${sink?.file}.ledger.part`
  mkdirSync(inTheWay)
  let isTaken = false
  const taken = Promise.resolve(give?.({ base: 0, events: bars(0, 1_500) })).then(() => (isTaken = true))
  await expect.poll(() => sink?.stats().fault?.code).toBe('disk-failed')
  expect(isTaken).toBe(false)
  rmSync(inTheWay, { recursive: true })
  tick()
  await taken
  await sink?.close()
  expect({ rows: rows().length, different: new Set(rows()).size, cursor: ledger().cursor }).toEqual({
    rows: 1_500,
    different: 1_500,
    cursor: 1_500,
  })
})

test('A-45 the file says DEMO in its name only, and a ticker that looks like a formula is defused', async () => {
  await open({ demo: true, ticker: '=1+1' })
  void give?.({ base: 0, events: bars(0, 1) })
  await sink?.close()
  expect(readFileSync(join(folder, 'DEMO-s0-binance-BTC-USDT-KST.csv'), 'utf8')).toBe(
    `${HEADER}'=1+1,68412.3,0.07399,18,2026-11-22T14:32:00.000000\n`,
  )
})
