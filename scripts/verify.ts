/** Everything that must hold before a change lands: types of each layer, lint, format, tests, build, size of the page. */

import { spawnSync } from 'node:child_process'
import { firstPageBytes } from './page-size.ts'

/** What a slow machine must read before the first chart. */
const PAGE_LIMIT_KB = 320

const STEPS: readonly (readonly [name: string, command: string, ...args: string[]])[] = [
  ['types', 'tsc', '-b'],
  ['lint', 'oxlint', '--deny-warnings'],
  ['format', 'oxfmt', '--check', 'src', 'tests', 'scripts', 'vite.config.ts'],
  ['build', process.execPath, 'scripts/bootstrap.mjs', 'build'],
  ['tests', process.execPath, 'scripts/bootstrap.mjs', 'test'],
]

for (const [name, command, ...args] of STEPS) {
  const started = performance.now()
  const result = spawnSync(command, args, { stdio: 'inherit' })
  if (result.status !== 0) {
    console.error(`verify: ${name} failed`)
    process.exit(1)
  }
  console.error(`verify: ${name} ok (${((performance.now() - started) / 1000).toFixed(1)} s)`)
}

const total = Math.round(firstPageBytes('out/renderer') / 1024)
if (total > PAGE_LIMIT_KB) {
  console.error(`verify: the first page is ${total} KB compressed, over its budget of ${PAGE_LIMIT_KB} KB`)
  process.exit(1)
}
console.error(`verify: first page ok (${total} of ${PAGE_LIMIT_KB} KB compressed)`)
