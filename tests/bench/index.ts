/**
 * `npm run bench`: all benchmarks in one run, as ratios wherever there is something to compare with. `--json FILE` writes them.
 * `npm run bench -- hold`, `-- flood` and `-- load` run those that take minutes.
 */

import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { bookBench } from './book.ts'
import { consumeBench } from './consume.ts'
import { decodeBench } from './decode.ts'
import { exportBench } from './export.ts'
import { floodBench } from './flood.ts'
import { foldBench } from './fold.ts'
import { forwardBench } from './forward.ts'
import { holdBench } from './hold.ts'
import { kafkaBench } from './kafka.ts'
import { latencyBench } from './latency.ts'
import { loadBench } from './load.ts'
import type { Measure } from './measure.ts'
import { memoryBench } from './memory.ts'
import { searchBench } from './search.ts'
import { storeBench } from './store.ts'

const BENCHES: Readonly<Record<string, () => Promise<Record<string, Measure>> | Record<string, Measure>>> = {
  decode: decodeBench,
  fold: () => foldBench(),
  book: () => bookBench(),
  search: () => searchBench(),
  store: () => storeBench(),
  export: () => exportBench(),
  memory: memoryBench,
  latency: () => latencyBench(),
  kafka: kafkaBench,
  forward: () => forwardBench(),
  consume: consumeBench,
  hold: () => holdBench(),
  flood: () => floodBench(),
  load: () => loadBench(),
}

/** They take minutes, or want the machine for themselves: only when they are asked for. */
const LONG = ['hold', 'flood', 'load']

const { values, positionals } = parseArgs({ options: { json: { type: 'string' } }, allowPositionals: true })
const chosen = positionals.length > 0 ? positionals : Object.keys(BENCHES).filter((name) => !LONG.includes(name))
const figures: Record<string, Measure> = {}
for (const name of chosen) {
  const bench = BENCHES[name]
  if (!bench) {
    console.error(`There is no benchmark "${name}". Choose from: ${Object.keys(BENCHES).join(', ')}.`)
    process.exit(2)
  }
  console.error(`bench: ${name}…`)
  Object.assign(figures, await bench())
}

const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim()
console.log(
  `${new Date().toISOString()} · ${commit} · ${cpus().length} × ${cpus()[0]?.model ?? '?'} · ${Math.round(totalmem() / 2 ** 30)} GiB · Node ${process.versions.node}\n`,
)
console.log('| figure | value | |\n|---|---:|---|')
for (const [name, { value, unit, of }] of Object.entries(figures))
  console.log(
    `| ${name} | ${value >= 1_000 ? Math.round(value).toLocaleString('en') : Number(value.toPrecision(3))} | ${unit}${of ? ` of ${of}` : ''} |`,
  )
if (values.json) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`)
process.exit(0)
