/** How long a trade takes: socket → hub (the frame that takes it to the page) and hub → paint, in the built app with a real browser. */

import type { Health } from '../../src/shared/engine-view.ts'
import { connectEngine } from '../../src/main/hosts/headless/client.ts'
import { openBrowser, openPage, startApp } from '../e2e/app.ts'
import { watchedShare } from '../watched-share.ts'
import type { Measure } from './measure.ts'

const WARM_UP = 8_000
const SPAN = 20_000

/** All trades go to the markets that are watched, and half of them to the chart's: the page has something to do. */
export async function latencyBench(rates: readonly number[] = [1_000, 5_000]): Promise<Record<string, Measure>> {
  const figures: Record<string, Measure> = {}
  const browser = await openBrowser()
  try {
    for (const rate of rates) {
      const app = await startApp(['--demo', '--rate', String(Math.round(rate / watchedShare())), '--seed', '3'])
      try {
        const { page } = await openPage(browser, app.url)
        const url = new URL(app.url)
        const engine = await connectEngine({
          pid: app.child.pid ?? 0,
          port: Number(url.port),
          token: url.hash.slice('#token='.length),
        })
        await page.waitForTimeout(WARM_UP)
        await page.evaluate(() => {
          const seen: number[] = []
          let frames = 0
          new PerformanceObserver((list) => seen.push(...list.getEntries().map((entry) => entry.duration))).observe({
            entryTypes: ['measure'],
          })
          const count = () => {
            frames += 1
            requestAnimationFrame(count)
          }
          requestAnimationFrame(count)
          Object.assign(window, { tapedeckBench: { seen, frames: () => frames, since: performance.now() } })
        })
        await page.waitForTimeout(SPAN)
        const paint = await page.evaluate(() => {
          const bench = (
            window as unknown as { tapedeckBench: { seen: number[]; frames: () => number; since: number } }
          ).tapedeckBench
          return { seen: bench.seen, fps: (bench.frames() * 1000) / (performance.now() - bench.since) }
        })
        const health = await new Promise<Health>((answered) => void engine.open('health', {}, answered))
        const sorted = paint.seen.toSorted((a, b) => a - b)
        const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN)
        const name = `latency.${rate}`
        figures[`${name}.rate`] = { value: health.engine.tradesPerSecond, unit: 'trades/s' }
        figures[`${name}.socket-hub.p50`] = { value: health.engine.toHub?.p50 ?? Number.NaN, unit: 'ms' }
        figures[`${name}.socket-hub.p99`] = { value: health.engine.toHub?.p99 ?? Number.NaN, unit: 'ms' }
        figures[`${name}.hub-paint.p50`] = { value: at(0.5), unit: 'ms' }
        figures[`${name}.hub-paint.p99`] = { value: at(0.99), unit: 'ms' }
        figures[`${name}.page`] = { value: Math.round(paint.fps), unit: 'frames/s' }
        figures[`${name}.engine-memory`] = { value: Math.round(health.engine.rss / 1e6), unit: 'MB' }
        engine.close()
        await page.context().close()
      } finally {
        await app.stop()
      }
    }
  } finally {
    await browser.close()
  }
  return figures
}

if (import.meta.main) console.table(await latencyBench())
