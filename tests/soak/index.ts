/**
 * `npm run soak`: the built engine at 2,000 trades/s for 30 minutes with a page open. Memory at the end must be within 10 %
 * of what it was after the first sixth, and nothing may lag behind. `--minutes N`, `--rate N`.
 */

import { parseArgs } from 'node:util'
import type { Health } from '../../src/shared/engine-view.ts'
import { connectEngine } from '../../src/main/hosts/headless/client.ts'
import { openBrowser, openPage, startApp } from '../e2e/app.ts'
import { watchedShare } from '../watched-share.ts'

const GROWTH = 0.1
const BEHIND = 20_000

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '30' }, rate: { type: 'string', default: '2000' } },
})
const minutes = Number(values.minutes)
const app = await startApp([
  '--demo',
  '--rate',
  String(Math.round(Number(values.rate) / watchedShare())),
  '--seed',
  '5',
])
const browser = await openBrowser()
const problems: string[] = []
try {
  const { complaints } = await openPage(browser, app.url)
  const url = new URL(app.url)
  const engine = await connectEngine({
    pid: app.child.pid ?? 0,
    port: Number(url.port),
    token: url.hash.slice('#token='.length),
  })
  let health: Health | undefined
  engine.open('health', {}, (value) => void (health = value))

  const samples: { minute: number; rss: number; behind: number; rate: number }[] = []
  const started = Date.now()
  let lastPrint = 0
  while (Date.now() - started < minutes * 60_000) {
    await new Promise((resolve) => setTimeout(resolve, 5_000))
    if (app.child.exitCode !== null) throw new Error(`The engine ended with ${app.child.exitCode}:\n${app.said()}`)
    if (!health) continue
    const minute = (Date.now() - started) / 60_000
    samples.push({
      minute,
      rss: health.engine.rss / 1e6,
      behind: health.store.behind,
      rate: health.engine.tradesPerSecond,
    })
    if (minute - lastPrint >= minutes / 30) {
      lastPrint = minute
      const { rss, behind, rate } = samples.at(-1)!
      console.log(
        `${minute.toFixed(1)} min · ${rss.toFixed(0)} MB · ${rate} trades/s · ${behind} records behind · p99 ${health.engine.delay?.p99 ?? '?'} ms · ${health.store.trades} stored`,
      )
    }
  }
  // The mean of a stretch: a single sample depends on where the collector of garbage just is.
  const mean = (from: number, to: number) => {
    const part = samples.filter(({ minute }) => minute >= from * minutes && minute <= to * minutes)
    return part.reduce((sum, { rss }) => sum + rss, 0) / part.length
  }
  const early = mean(1 / 6, 2 / 6)
  const late = mean(5 / 6, 1)
  const growth = late / early - 1
  console.log(`memory ${early.toFixed(0)} MB → ${late.toFixed(0)} MB (${(growth * 100).toFixed(1)} %)`)
  if (growth > GROWTH) problems.push(`memory grew by ${(growth * 100).toFixed(1)} %`)
  const behind = samples.at(-1)?.behind ?? Number.NaN
  if (!(behind < BEHIND)) problems.push(`the store is ${behind} records behind`)
  if (complaints.length > 0) problems.push(`the page complained: ${complaints.slice(0, 3).join('; ')}`)
  if (/unhandled/i.test(app.said())) problems.push('an unhandled rejection was logged')
  engine.close()
} finally {
  await browser.close()
  await app.stop()
}
console.log(problems.length === 0 ? 'soak passed' : `soak failed: ${problems.join('; ')}`)
process.exit(problems.length === 0 ? 0 : 1)
