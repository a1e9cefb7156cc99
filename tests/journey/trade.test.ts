import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Emulator } from '../../src/main/emulator/spawn.ts'
import { spawnEmulator } from '../../src/main/emulator/spawn.ts'
import type { ChartSession } from '../../src/renderer/chart/chart-session.ts'
import { createChartSession } from '../../src/renderer/chart/chart-session.ts'
import type { TapeRow } from '../../src/shared/market-view.ts'
import type { InstrumentKey } from '../../src/shared/market.ts'
import { SECOND } from '../../src/shared/market.ts'
import type { Command, Connection } from '../tapedeck.ts'
import { connect, start, tempFolder, until } from '../tapedeck.ts'
import { bySecond, keyOf, recomputed, storedBars } from '../faults/engine-records.ts'

const MARKETS: readonly { readonly key: InstrumentKey; readonly native: string }[] = [
  { key: 'upbit:BTC/KRW', native: 'KRW-BTC' },
  { key: 'binance:BTC/USDT', native: 'BTCUSDT' },
]

const folder = tempFolder()
let emulator: Emulator
let app: Command
let page: Connection
beforeAll(async () => {
  emulator = await spawnEmulator({ rate: 800, seed: 3 })
  app = start(['serve', '--live', '--data', folder], {
    environment: {
      TAPEDECK_EXCHANGES_AT: `http://127.0.0.1:${emulator.port}`,
      TAPEDECK_WATCHLIST: MARKETS.map(({ key }) => key).join(),
    },
  })
  page = await connect(app)
})
afterAll(async () => {
  page?.close()
  await app?.end()
  await emulator?.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Chart {
  readonly session: ChartSession
  readonly tape: Map<string, TapeRow>
  /** Rows of the tape that were left out, because the page asked for no more than it can show. */
  skipped: number
  /** The newest frame's time. */
  at: number
  close(): void
}

/** What the page does on opening a chart: subscribe first, then ask for history. */
function openChart(instrument: InstrumentKey): Chart {
  const session = createChartSession(page, instrument, SECOND)
  const chart: Chart = {
    session,
    tape: new Map(),
    skipped: 0,
    at: 0,
    close() {
      leave()
      session.close()
    },
  }
  const leave = page.open('market', { focus: instrument, follow: [instrument], hidden: false }, (frame) => {
    session.apply(frame)
    for (const row of frame.trades) {
      expect(chart.tape.has(row.id)).toBe(false)
      chart.tape.set(row.id, row)
    }
    chart.skipped += frame.skipped
    chart.at = frame.at
  })
  return chart
}

test.concurrent.each(MARKETS)(
  'every second of $key on the chart is the exact sum of what the exchange sent, over the joint of history and stream, with trades late, twice and out of order',
  async ({ key, native }) => {
    // Some seconds are history before the chart is opened.
    await until(
      () => storedBars(folder).filter(({ market }) => market === key).length,
      (seconds) => seconds >= 3,
    )
    const openedAt = Date.now()
    const chart = openChart(key)
    const { model } = chart.session
    const venue = key.startsWith('upbit') ? 'upbit' : 'binance'
    await until(
      () => chart.session.state().phase,
      (phase) => phase === 'ready',
    )
    await emulator.inject({ kind: 'duplicate', count: 10, venue, market: native })
    await emulator.inject({ kind: 'disorder', count: 10, venue, market: native })
    await emulator.inject({ kind: 'disorder', count: 5, by: 3_500, venue, market: native })
    // Long enough for the late ones, and for the seconds to close and be stored.
    const enough = openedAt + 9 * SECOND
    await until(
      () => storedBars(folder).findLast(({ market }) => market === key)?.openAt ?? 0,
      (openAt) => openAt > enough,
      30_000,
    )
    await until(
      () => chart.at,
      (at) => at > enough + SECOND,
    )
    chart.close()

    const { trades, dropped } = await emulator.sent({ venue, market: native })
    expect(dropped).toBe(0)
    const sent = trades.filter((trade) => trade.sent > 0)
    const own = model.bars.filter(({ origin, values }) => values !== undefined && origin === 'stream')
    // The first second of the watch may have begun before it.
    const first = Math.ceil(sent[0]!.at / SECOND) * SECOND
    const inside = (openAt: number) => openAt >= first && openAt <= enough
    const expected = [...bySecond(sent, keyOf)].flatMap(([name, prints]) => {
      const openAt = Number(name.split(' ')[1])
      if (!inside(openAt)) return []
      const { open, high, low, close, volume, trades: count } = recomputed(key, openAt, prints)
      return [{ openAt, open, high, low, close, volume, trades: count }]
    })
    expect(expected.length).toBeGreaterThan(8)
    expect(
      own
        .filter(({ openAt }) => inside(openAt))
        .map(({ openAt, values }) => {
          const { open, high, low, close, volume, trades: count } = values!
          return { openAt, open, high, low, close, volume, trades: count }
        }),
    ).toEqual(expected.toSorted((a, b) => a.openAt - b.openAt))

    // No second is missing between them, and none is there twice.
    const slots = model.openAts.filter((openAt) => inside(openAt))
    expect(slots).toEqual(slots.map((_, index) => slots[0]! + index * SECOND))

    // The tape holds the very trades, in the page's own words; what it left out it has counted.
    const byId = new Map(sent.map((trade) => [trade.id, trade]))
    expect(chart.tape.size).toBeGreaterThan(50)
    for (const [shown, row] of chart.tape) {
      const { id, at, price, size, side } = byId.get(shown)!
      // A trade that comes late may have been asked for meanwhile.
      expect(['stream', 'polled']).toContain(row.origin)
      expect({ ...row, origin: undefined }).toEqual({ id, at, price, size, side })
    }
    const since = Math.max(openedAt, Math.min(...[...chart.tape.values()].map(({ at }) => at)))
    const streamed = sent.filter(({ at }) => at > since + SECOND && at <= enough)
    expect(streamed.filter(({ id }) => !chart.tape.has(id)).length).toBeLessThanOrEqual(chart.skipped)
  },
  60_000,
)
