import { expect, test } from 'vitest'
import type { MarketFrame } from '../../shared/market-view.ts'
import type { FrameLoop } from './frame-loop.ts'
import { createMarketStream } from './market-stream.ts'

const empty: MarketFrame = { at: 1, trades: [], skipped: 0, seconds: [], gaps: [], tickers: [] }

interface Opened {
  readonly params: unknown
  readonly send: (frame: MarketFrame) => Promise<void>
  left: boolean
}

/** A client that keeps what was opened, and a loop that applies when told. */
function createFakes() {
  const opened: Opened[] = []
  const pending: (() => void)[] = []
  const loop: FrameLoop = {
    apply: (work) =>
      new Promise((resolve) =>
        pending.push(() => {
          work()
          resolve()
        }),
      ),
    onDraw: () => () => undefined,
    request: () => undefined,
    count: 0,
  }
  const stream = createMarketStream(
    {
      open(_name, params, onValue) {
        const entry: Opened = {
          params,
          send: async (frame) => onValue(frame as never),
          left: false,
        }
        opened.push(entry)
        return () => {
          entry.left = true
        }
      },
    },
    loop,
  )
  return {
    opened,
    stream,
    flush: () => pending.splice(0).forEach((step) => step()),
  }
}

test('the stream is opened again only when what is wanted changes, each market followed once', () => {
  const { opened, stream } = createFakes()
  stream.want({ follow: ['upbit:BTC/KRW', 'okx:BTC/USDT', 'upbit:BTC/KRW'] })
  stream.want({ follow: ['upbit:BTC/KRW', 'okx:BTC/USDT'] })
  stream.want({ hidden: false })
  stream.want({ focus: 'upbit:BTC/KRW', hidden: true })
  expect(opened.map(({ params }) => params)).toEqual([
    { focus: null, follow: ['upbit:BTC/KRW', 'okx:BTC/USDT'], hidden: false },
    { focus: 'upbit:BTC/KRW', follow: ['upbit:BTC/KRW', 'okx:BTC/USDT'], hidden: true },
  ])
})

test('the former stream is left when the new one speaks, not before', async () => {
  const { opened, stream, flush } = createFakes()
  stream.want({ focus: 'upbit:BTC/KRW' })
  stream.want({ follow: ['okx:BTC/USDT'] })
  expect(opened.map((entry) => entry.left)).toEqual([false, false])
  const taken = opened[1]!.send(empty)
  flush()
  await taken
  expect(opened.map((entry) => entry.left)).toEqual([true, false])
  stream.close()
  expect(opened.map((entry) => entry.left)).toEqual([true, true])
})

test('A-74 a frame counts as taken only when it is on screen', async () => {
  const { opened, stream, flush } = createFakes()
  const seen: string[] = []
  stream.onFrame(() => seen.push('applied'))
  stream.want({ focus: 'upbit:BTC/KRW' })
  const taken = opened[0]!.send(empty).then(() => seen.push('taken'))
  await Promise.resolve()
  expect(seen).toEqual([])
  flush()
  await taken
  expect(seen).toEqual(['applied', 'taken'])
})

test('frames of a market that is no longer looked at reach nobody', async () => {
  const { opened, stream, flush } = createFakes()
  const seen: unknown[] = []
  stream.onFrame((frame, focus) => seen.push([frame.at, focus]))
  stream.want({ focus: 'upbit:BTC/KRW' })
  const late = opened[0]!.send(empty)
  stream.want({ focus: 'okx:BTC/USDT' })
  const current = opened[1]!.send({ ...empty, at: 2 })
  flush()
  await Promise.all([late, current])
  expect(seen).toEqual([[2, 'okx:BTC/USDT']])
})
