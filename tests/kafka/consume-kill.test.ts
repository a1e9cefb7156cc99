import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { trades } from '../../src/main/journal/fixtures.ts'
import { openReadOnly } from '../../src/main/store/read-only.ts'
import type { Setup } from './setup.ts'
import { setup, toRecords, until } from './setup.ts'

const COMMAND = fileURLToPath(new URL('../../src/main/hosts/headless/index.ts', import.meta.url))

let kafka: Setup
let folder: string
let child: ChildProcess | undefined
let said = ''

beforeEach(async () => {
  kafka = await setup()
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-kill-'))
  said = ''
})
afterEach(async () => {
  child?.kill('SIGKILL')
  await kafka.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Runs `tapedeck consume` as a process of its own. */
function consume(topic: string, group: string, ...more: readonly string[]): ChildProcess {
  const servers = kafka.profile.brokers.join(',')
  const flags = ['--bootstrap-servers', servers, '--topics', topic, '--group-id', group, '--data', folder, ...more]
  child = spawn(process.execPath, [COMMAND, 'consume', ...flags], { stdio: ['ignore', 'ignore', 'pipe'] })
  child.stderr!.on('data', (bytes: Buffer) => (said += bytes.toString()))
  return child
}

function end(running: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  return new Promise((resolve) => {
    running.once('exit', () => resolve())
    running.kill(signal)
  })
}

/** Records behind the group's stored offsets. */
function stored(): number {
  if (!existsSync(join(folder, 'market.db'))) return 0
  const db = openReadOnly(join(folder, 'market.db'))
  try {
    // The file may be there before its tables are.
    if (!db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'cursors'").get()) return 0
    return (
      db.prepare<[], number | null>("SELECT sum(next_offset) FROM cursors WHERE grp LIKE 'kafka:%'").pluck().get() ?? 0
    )
  } finally {
    db.close()
  }
}

test('A-34 a consumer killed at any moment leaves each record in the store exactly once', async () => {
  const topic = await kafka.topic(3)
  const count = 30_000
  const base = Date.now() - 3_600_000
  const records = toRecords(
    trades(count).map((each, index) => ({ ...each, at: base + index, receivedAt: base + index })),
  )
  const producer = kafka.bus.producer()
  const sending = (async () => {
    for (let at = 0; at < count; at += 500) await producer.send(topic, (at / 500) % 3, records.slice(at, at + 500))
    await producer.close()
  })()
  const group = kafka.group()
  for (const threshold of [2_000, 9_000, 20_000]) {
    const running = consume(topic, group, '--members', '3')
    await until(() => stored() >= threshold, 60_000)
    await end(running, 'SIGKILL')
  }
  await sending
  const last = consume(topic, group)
  await until(() => stored() === count, 60_000)
  await end(last, 'SIGTERM')

  const db = openReadOnly(join(folder, 'market.db'))
  const found = db.prepare('SELECT count(*) AS rows, count(DISTINCT id) AS ids FROM trades').get()
  const sound = db.pragma('integrity_check', { simple: true })
  db.close()
  expect({ found, sound }).toEqual({ found: { rows: count, ids: count }, sound: 'ok' })
}, 180_000)

test('A-47 batches of ten are appended to a CSV file, which a kill leaves without a half line or a missing record', async () => {
  const topic = await kafka.topic()
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ csv: { batch: 10, everySeconds: 1 } }))
  const group = kafka.group()
  const line = (number: number) =>
    `BTC-USD,${100 + number}.5,0.00001,${number + 1},2026-11-23T00:00:${String(number % 60).padStart(2, '0')}.000000`
  const value = (number: number) =>
    `{"ticker": "BTC-USD", "avg_price": ${100 + number}.50, "total_volume": 1e-05, "batch_size": ${number + 1}, "timestamp": "2026-11-23T00:00:${String(number % 60).padStart(2, '0')}.000000"}`
  const values = Array.from({ length: 100 }, (_, number) => value(number))
  const file = join(folder, 'outputs', `s0-${topic}-0.csv`)
  const lines = () => (existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [])

  const first = consume(topic, group, '--sink', 'csv')
  await kafka.send(topic, 0, values.slice(0, 40))
  await until(() => lines().length > 20, 60_000)
  await kafka.send(topic, 0, values.slice(40, 45))
  await end(first, 'SIGKILL')
  writeFileSync(file, `${lines().join('\n')}BTC-USD,10`)
  const second = consume(topic, group, '--sink', 'csv')
  await kafka.send(topic, 0, values.slice(45))
  await until(() => lines().length >= 102, 60_000)
  await end(second, 'SIGTERM')
  expect({ lines: lines(), said: said.includes('Written 10 records to CSV.') }).toEqual({
    lines: ['ticker,avg_price,total_volume,batch_size,timestamp', ...values.map((_, number) => line(number)), ''],
    said: true,
  })
}, 120_000)
