import { afterEach, expect, test } from 'vitest'
import type { Handlers, Sink } from '../../src/shared/bridge.ts'
import { createClient, createPortPair, serve } from '../../src/shared/bridge.ts'
import type { AppContract } from '../../src/shared/contract.ts'
import type { LiveSecond, MarketFrame, TapeRow } from '../../src/shared/market-view.ts'
import { contract } from '../../src/shared/contract.ts'
import { MINUTE, SECOND } from '../../src/shared/market.ts'
import { createChartSession } from '../../src/renderer/chart/chart-session.ts'
import type { FrameHost } from '../../src/renderer/market/frame-loop.ts'
import { createFrameLoop } from '../../src/renderer/market/frame-loop.ts'
import { createMarketStream } from '../../src/renderer/market/market-stream.ts'
import { createTapeStore } from '../../src/renderer/market/tape-store.ts'
import { createFakeEngine } from '../fake-engine.ts'

const START = 1_700_000_040_000
const KEY = 'upbit:BTC/KRW'

const second = (index: number, price: string, volume: string): LiveSecond => ({
  openAt: START + index * SECOND,
  open: price,
  high: price,
  low: price,
  close: price,
  volume,
  quoteVolume: '1',
  buyVolume: '0',
  trades: 1,
})
const trade = (index: number, price: string, size: string): TapeRow => ({
  id: `t${index}`,
  at: START + index * SECOND,
  price,
  size,
  origin: 'stream',
})
const frame = (index: number, change: Partial<MarketFrame>): MarketFrame => ({
  at: START + index * SECOND,
  trades: [],
  skipped: 0,
  seconds: [],
  gaps: [],
  tickers: [],
  ...change,
})

async function until(holds: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('It did not come to hold within 5 s.')
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}

const closes: (() => void)[] = []
afterEach(() => {
  for (const close of closes.splice(0)) close()
})

/** A page on a real bridge, whose engine says what the test says and whose screen paints when the test says. */
function openPage() {
  const [page, engine] = createPortPair()
  const sinks: Sink<MarketFrame>[] = []
  const empty = { openAt: [], open: [], high: [], low: [], close: [], volume: [], quoteVolume: [], buyVolume: [] }
  const handlers: Handlers<AppContract> = {
    ...createFakeEngine().handlers,
    market: (_, sink) => {
      sinks.push(sink)
      return () => undefined
    },
    'history.bars': ({ instrument, interval }) => ({
      instrument,
      interval,
      bars: { ...empty, trades: [], state: [], origin: [] },
      through: START + SECOND,
      coverage: { gaps: [] },
      complete: true,
    }),
  }
  serve(contract, handlers, engine)
  const client = createClient<AppContract>(page)
  const steps: (() => void)[] = []
  const host: FrameHost = {
    requestFrame: (callback) => void steps.push(() => callback(0)),
    afterPaint: (callback) => void steps.push(callback),
    isHidden: () => false,
    onVisibility: () => undefined,
  }
  const stream = createMarketStream(client, createFrameLoop(host))
  closes.push(() => {
    stream.close()
    page.close()
  })
  return {
    client,
    stream,
    sinks,
    steps,
    paint: () => {
      while (steps.length > 0) steps.shift()?.()
    },
  }
}

test('A-11 the text that the engine sends is the text in tape and chart', async () => {
  const { client, stream, sinks, steps, paint } = openPage()
  const tape = createTapeStore()
  const chart = createChartSession(client, KEY, MINUTE)
  closes.push(() => chart.close())
  stream.onFrame((now) => {
    tape.apply(now.trades, now.skipped, now.gaps)
    chart.apply(now)
  })
  stream.want({ focus: KEY })
  await until(() => sinks.length === 1 && chart.state().phase === 'ready')
  sinks[0]?.send(
    frame(2, {
      trades: [trade(1, '0.00001234', '123456789.123456789')],
      seconds: [second(1, '0.00001234', '123456789.123456789'), second(2, '0.1', '0.2')],
    }),
  )
  await until(() => steps.length > 0)
  paint()
  expect(tape.lines()).toEqual([{ kind: 'trade', trade: trade(1, '0.00001234', '123456789.123456789'), large: false }])
  expect(chart.model.bars.map((bar) => bar.values)).toEqual([
    {
      open: '0.00001234',
      high: '0.1',
      low: '0.00001234',
      close: '0.1',
      volume: '123456789.323456789',
      quoteVolume: '2',
      buyVolume: '0',
      trades: 2,
    },
  ])
})

test('A-74 a page that does not paint holds two frames and no queue, and goes on with the next when it paints', async () => {
  const { stream, sinks, steps, paint } = openPage()
  const seen: number[] = []
  stream.onFrame((now) => seen.push(now.at))
  stream.want({ focus: KEY })
  await until(() => sinks.length === 1)
  const sink = sinks[0]!
  for (let index = 1; index <= 100; index += 1) if (sink.ready) sink.send(frame(index, {}))
  await until(() => steps.length > 0)
  expect([sink.ready, seen]).toEqual([false, []])
  await until(() => {
    paint()
    return sink.ready && seen.length === 2
  })
  sink.send(frame(200, {}))
  await until(() => {
    paint()
    return seen.length === 3
  })
  expect(seen.map((at) => (at - START) / SECOND)).toEqual([1, 2, 200])
})
