/**
 * How fast stored trades become a CSV file: a whole export (thread, count, CSV, hash, fsync, rename) against the plainest loop
 * that could do its job: the same rows by `.iterate()` in order of time, `join(',')`, written in pieces of the same size.
 * Each round runs both, one after the other, and the median round counts. `memory` is what the process grew by at most.
 */

import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { openReadOnly } from '../../src/main/store/read-only.ts'
import { openExports } from '../../src/main/store/export/exports.ts'
import type { SampleMarket } from '../../src/main/store/export/sample-market.ts'
import { openSampleMarket, sampleRequest, sampleTrades, START } from '../../src/main/store/export/sample-market.ts'
import type { InstrumentKey } from '../../src/shared/market.ts'
import type { Measure } from './measure.ts'
import { median } from './measure.ts'

const MARKETS: readonly InstrumentKey[] = ['upbit:BTC/KRW', 'upbit:ETH/KRW', 'binance:BTC/USDT']
const PIECE = 128 * 1024

/** A-46 as written asks for 10,000,000 rows, in one round. */
export async function exportBench(rows = 1_000_000, rounds = 3): Promise<Record<string, Measure>> {
  const market = openSampleMarket()
  try {
    sampleTrades(market, MARKETS, rows)
    const ratios: number[] = []
    const rates: number[] = []
    let growth = 0
    for (let round = 0; round < rounds; round += 1) {
      const plain = plainLoop(market)
      const whole = await wholeExport(market, rows)
      ratios.push(whole.rate / plain)
      rates.push(whole.rate)
      growth = Math.max(growth, whole.growth)
    }
    return {
      'export.csv-rate': { value: Math.round(median(rates)), unit: 'rows/s' },
      'export.csv': { value: Number(median(ratios).toFixed(2)), unit: 'ratio', of: 'plain write loop' },
      'export.memory': { value: Math.round(growth / 1e6), unit: 'MB' },
    }
  } finally {
    market.remove()
  }
}

function plainLoop(market: SampleMarket): number {
  const file = join(market.folder, 'plain.csv')
  const db = openReadOnly(market.file)
  const began = performance.now()
  const descriptor = openSync(file, 'w')
  const statement = db
    .prepare<unknown[], unknown[]>(
      'SELECT at, id, price, size, side, origin, received_at, at_text FROM trades WHERE instrument = ? ORDER BY at',
    )
    .raw()
  let rows = 0
  let text = ''
  for (const key of MARKETS) {
    for (const row of statement.iterate(market.id(key))) {
      text += `${row.join(',')}\n`
      rows += 1
      if (text.length < PIECE) continue
      writeSync(descriptor, text)
      text = ''
    }
  }
  writeSync(descriptor, text)
  closeSync(descriptor)
  const rate = (rows / (performance.now() - began)) * 1_000
  db.close()
  rmSync(file)
  return rate
}

async function wholeExport(market: SampleMarket, rows: number): Promise<{ rate: number; growth: number }> {
  const exports = openExports({
    marketFile: market.file,
    folder: join(market.folder, 'exports'),
    demo: false,
    version: '0',
    collector: 'bench',
  })
  const before = process.memoryUsage.rss()
  let peak = before
  const began = performance.now()
  const request = sampleRequest({ kind: 'trades', instruments: [...MARKETS], to: START + 1e12, zone: 'KST' })
  const { id } = exports.start(request)
  const took = await new Promise<number>((resolve, reject) => {
    exports.watch(id, (progress) => {
      peak = Math.max(peak, process.memoryUsage.rss())
      if (progress.state === 'done' && progress.rows === rows) resolve(performance.now() - began)
      else if (progress.state !== 'writing') reject(new Error(JSON.stringify(progress)))
    })
  })
  const { files } = await new Promise<{ files: readonly { name: string }[] }>((resolve) => {
    exports.watch(id, resolve)
  })
  for (const { name } of files) rmSync(exports.path(id, name) ?? '')
  await exports.close()
  return { rate: (rows / took) * 1_000, growth: peak - before }
}

if (import.meta.main)
  for (const [name, { value, unit, of }] of Object.entries(await exportBench(...process.argv.slice(2).map(Number))))
    console.log(`${name} ${value} ${unit}${of === undefined ? '' : ` of ${of}`}`)
