/**
 * All exchanges at once, 5,000 messages a second in total, with a page open: what share of one processor core the built
 * engine takes, and how much memory. Asked: under 60 % of one core and under 350 MB.
 */

import type { Health } from '../../src/shared/engine-view.ts'
import { STOCK_VENUES } from '../../src/shared/market.ts'
import { connectEngine } from '../../src/main/hosts/headless/client.ts'
import { openBrowser, openPage, startApp } from '../e2e/app.ts'
import type { Measure } from './measure.ts'
import { median } from './measure.ts'
import { readPeakMemory, readProcessorTime } from './processor.ts'

const WARM_UP = 15_000
const SPAN = 30_000
/** The emulator's trades a second at which sockets bring 5,000 messages a second: with trades come tickers and books. */
const RATE = 5_500

export interface LoadOptions {
  readonly rate?: number
  readonly span?: number
  /** Says what each thread took. */
  readonly threads?: boolean
}

export async function loadBench({ rate = RATE, span = SPAN, threads = false }: LoadOptions = {}): Promise<
  Record<string, Measure>
> {
  const browser = await openBrowser()
  const app = await startApp(['--demo', '--rate', String(rate), '--seed', '3'])
  try {
    const { page } = await openPage(browser, app.url)
    const url = new URL(app.url)
    const pid = app.child.pid ?? 0
    const engine = await connectEngine({ pid, port: Number(url.port), token: url.hash.slice('#token='.length) })
    const told: Health[] = []
    engine.open('health', {}, (health: Health) => void told.push(health))
    await page.waitForTimeout(WARM_UP)
    told.length = 0
    const before = readProcessorTime(pid)
    const from = performance.now()
    await page.waitForTimeout(span)
    const after = readProcessorTime(pid)
    const took = performance.now() - from
    const last = told.at(-1)
    if (!last) throw new Error('The engine told nothing of its health.')
    engine.close()
    const share = (used: number) => Number(((100 * used) / took).toFixed(1))
    if (threads)
      for (const [thread, used] of after.threads)
        console.error(`  ${thread}: ${share(used - (before.threads.get(thread) ?? 0))} %`)
    return {
      'load.messages': {
        value: median(told.map(({ engine: { messagesPerSecond } }) => messagesPerSecond)),
        unit: '/s',
      },
      'load.trades': { value: median(told.map(({ engine: { tradesPerSecond } }) => tradesPerSecond)), unit: '/s' },
      'load.sources': {
        value: last.venues.filter(({ venue, state }) => state === 'live' && !STOCK_VENUES.includes(venue)).length,
        unit: 'live',
      },
      'load.processor': { value: share(after.all - before.all), unit: '% of one core' },
      'load.processor.main': { value: share(after.main - before.main), unit: '% of one core' },
      'load.memory': { value: Math.round(Math.max(...told.map(({ engine: { rss } }) => rss)) / 1e6), unit: 'MB' },
      'load.memory.peak': { value: Math.round(readPeakMemory(pid) / 1e6), unit: 'MB' },
      'load.stall': { value: Math.max(...told.map(({ engine: { stall } }) => stall)), unit: 'ms' },
    }
  } finally {
    await app.stop()
    await browser.close()
  }
}

if (import.meta.main) {
  const [rate, seconds] = process.argv.slice(2).map(Number)
  console.table(await loadBench({ ...(rate && { rate }), ...(seconds && { span: seconds * 1_000 }), threads: true }))
}
