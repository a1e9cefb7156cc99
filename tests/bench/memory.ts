/** What the engine needs when nothing much happens: the built app, its default markets at the demo's rate, no page open. */

import type { Health } from '../../src/shared/engine-view.ts'
import { connectEngine } from '../../src/main/hosts/headless/client.ts'
import { startApp } from '../e2e/app.ts'
import type { Measure } from './measure.ts'

const SETTLE = 20_000

export async function memoryBench(): Promise<Record<string, Measure>> {
  const app = await startApp(['--demo', '--rate', '10'])
  try {
    await new Promise((resolve) => setTimeout(resolve, SETTLE))
    const url = new URL(app.url)
    const engine = await connectEngine({
      pid: app.child.pid ?? 0,
      port: Number(url.port),
      token: url.hash.slice('#token='.length),
    })
    const health = await new Promise<Health>((answered) => void engine.open('health', {}, answered))
    engine.close()
    return { 'memory.idle': { value: Math.round(health.engine.rss / 1e6), unit: 'MB' } }
  } finally {
    await app.stop()
  }
}

if (import.meta.main) console.table(await memoryBench())
