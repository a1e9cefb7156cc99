import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createCsvSink } from '../../src/main/store/csv-sink.ts'
import { isOurs, MARKET, START } from './endless-bars.ts'

/** 3 in `npm test`; `npm run faults` asks for 20. */
const ROUNDS = Number(process.env['TAPEDECK_KILLS'] ?? 3)
const DEADLINE = 20_000

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-sink-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const file = () => join(folder, 'DEMO-s0-binance-BTC-USDT-UTC.csv')
const size = () => statSync(file(), { throwIfNoEntry: false })?.size ?? 0

/** Runs a sink in a process of its own and kills it as soon as it has written some more, at a moment of its own. */
async function runAndKill(): Promise<void> {
  const before = size()
  const child = spawn(process.execPath, [join(import.meta.dirname, 'csv-sink-child.ts'), folder], { stdio: 'ignore' })
  const exited = once(child, 'exit')
  const deadline = Date.now() + DEADLINE
  while (size() <= before + 200) {
    if (Date.now() > deadline || child.exitCode !== null) throw new Error('The child wrote nothing.')
    await delay(2)
  }
  await delay(Math.random() * 40)
  child.kill('SIGKILL')
  expect((await exited)[1]).toBe('SIGKILL')
}

/** Opens and closes a sink that gets nothing: what a killed one left behind is cut off. */
async function recover(): Promise<void> {
  const sink = createCsvSink({
    folder,
    market: MARKET,
    ticker: 'BTC-USD',
    zone: 'UTC',
    demo: true,
    batch: 10,
    everySeconds: 10,
    epoch: 'one',
    source: () => () => {},
    log: { info: () => {}, warn: () => {} },
  })
  await sink.close()
}

test(`A-47 after ${ROUNDS} × kill -9 there is no half line, and no record is missing or doubled`, async () => {
  for (let round = 0; round < ROUNDS; round += 1) await runAndKill()
  await recover()
  const { cursor } = JSON.parse(readFileSync(`${file()}.ledger`, 'utf8')) as { cursor: number }
  const expected = Array.from({ length: cursor }, (_, offset) => offset)
    .filter(isOurs)
    .map((offset) => {
      const iso = new Date(START + offset * 1_000).toISOString().slice(0, 19)
      return `BTC-USD,${60_000 + offset},0.5,1,${iso}.000000\n`
    })
  expect(expected.length).toBeGreaterThan(ROUNDS * 3)
  expect(readFileSync(file(), 'utf8')).toBe(`ticker,avg_price,total_volume,batch_size,timestamp\n${expected.join('')}`)
})
