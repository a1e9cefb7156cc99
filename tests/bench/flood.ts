/**
 * One flooded venue of ten: it sends tens of thousands of frames a second from a process of its own. It is to be
 * paused, and the other nine to stay under 100 ms p99, through the built engine with its journal and store.
 */

import type { Health, VenueHealth } from '../../src/shared/engine-view.ts'
import { STOCK_VENUES } from '../../src/shared/market.ts'
import { spawnEmulator } from '../../src/main/emulator/spawn.ts'
import { connectEngine } from '../../src/main/hosts/headless/client.ts'
import { startApp } from '../e2e/app.ts'
import type { Measure } from './measure.ts'

const FLOODED = 'upbit'
const FRAMES = 50_000
const WARM_UP = 10_000
/** Longer than the minute over which delays are counted: none of before the flood is among them. */
const SPAN = 75_000

export async function floodBench(span = SPAN): Promise<Record<string, Measure>> {
  const [others, flooded] = await Promise.all([
    spawnEmulator({ rate: 500 }),
    spawnEmulator({ rate: 50, venues: [FLOODED] }),
  ])
  const app = await startApp(['--live'], {
    TAPEDECK_EXCHANGES_AT: `http://127.0.0.1:${others.port},${FLOODED}=http://127.0.0.1:${flooded.port}`,
  })
  try {
    const url = new URL(app.url)
    const engine = await connectEngine({
      pid: app.child.pid ?? 0,
      port: Number(url.port),
      token: url.hash.slice('#token='.length),
    })
    let told: Health | undefined
    let pauses = 0
    let stall = 0
    engine.open('health', {}, (health: Health) => {
      const stateOf = (of: Health | undefined) => of?.venues.find(({ venue }) => venue === FLOODED)?.state
      if (stateOf(health) === 'paused' && stateOf(told) !== 'paused') pauses += 1
      told = health
      stall = Math.max(stall, health.engine.stall)
    })
    const venues = () => told?.venues.filter(({ venue }) => !STOCK_VENUES.includes(venue)) ?? []
    const calm = () => venues().filter(({ venue }) => venue !== FLOODED)
    const mad = () => venues().find(({ venue }) => venue === FLOODED)
    await until('ten live sources', () => venues().filter(({ state }) => state === 'live').length >= 10)
    await sleep(WARM_UP)
    const before = worst(calm())
    stall = 0
    const lost = new Map(calm().map(({ venue, reconnects, gaps }) => [venue, reconnects + gaps]))
    await flooded.inject({ kind: 'flood', venue: FLOODED, rate: FRAMES, for: span })
    await until(`${FLOODED} to be paused`, () => mad()?.state === 'paused')
    const fault = mad()?.fault?.message
    await sleep(span)
    const after = worst(calm())
    const broken = calm().filter(({ venue, reconnects, gaps }) => reconnects + gaps > (lost.get(venue) ?? 0))
    engine.close()
    console.error(`  ${fault}`)
    return {
      'flood.pauses': { value: pauses, unit: 'pauses' },
      'flood.others': { value: calm().filter(({ state }) => state === 'live').length, unit: 'live' },
      'flood.others.broken': { value: broken.length, unit: 'with a break' },
      'flood.before.p99': { value: before, unit: 'ms' },
      'flood.p99': { value: after, unit: 'ms' },
      'flood.stall': { value: stall, unit: 'ms' },
    }
  } finally {
    await app.stop()
    await Promise.all([others.close(), flooded.close()])
  }
}

/** The slowest venue's delay. */
function worst(venues: readonly VenueHealth[]): number {
  return Math.max(...venues.map(({ delay }) => delay?.p99 ?? Number.NaN))
}

async function until(what: string, holds: () => boolean, within = 60_000): Promise<void> {
  const end = performance.now() + within
  while (!holds()) {
    if (performance.now() > end) throw new Error(`Waited ${within / 1_000} s for ${what}.`)
    await sleep(100)
  }
}

function sleep(length: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, length))
}

if (import.meta.main) {
  const [seconds] = process.argv.slice(2).map(Number)
  console.table(await floodBench(seconds && seconds * 1_000))
}
