/**
 * One chart's data: history asked, live seconds joined, older bars on demand, and asked again whenever an answer cannot
 * hold any more (a revised second, a gap filled afterwards, the joint between history and stream).
 */

import type { Client } from '../../shared/bridge.ts'
import type { AppContract } from '../../shared/contract.ts'
import type { BarHistory, MarketFrame } from '../../shared/market-view.ts'
import type { Fault } from '../../shared/faults.ts'
import { toFault } from '../../shared/faults.ts'
import type { InstrumentKey, Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import type { ChartModel } from './chart-model.ts'
import { createChartModel } from './chart-model.ts'

export interface ChartState {
  readonly phase: 'loading' | 'ready' | 'failed'
  /** Older bars are being asked for. */
  readonly older: boolean
  readonly fault?: Fault
}

export interface ChartSession {
  readonly instrument: InstrumentKey
  readonly model: ChartModel
  readonly state: () => ChartState
  readonly subscribe: (listener: () => void) => () => void
  /** Takes a frame of the focused market. */
  apply(frame: MarketFrame): void
  /** Asks for what lies before the oldest bar, unless that is under way or there is none. */
  loadOlder(): void
  /** Asks again after a failure. */
  retry(): void
  close(): void
}

const FIRST = 1_000
const OLDER = 1_000
const MOST = 5_000
/** The store closes a second two seconds after it has passed, and stores it soon after. */
const SETTLE: Millis = 3 * SECOND
/** So often the joint is looked at again; a store that is further behind tells by itself, second by second. */
const JOINT_TRIES = 5

export function createChartSession(
  client: Pick<Client<AppContract>, 'call'>,
  instrument: InstrumentKey,
  interval: Millis,
): ChartSession {
  const model = createChartModel(interval)
  const listeners = new Set<() => void>()
  let current: ChartState = { phase: 'loading', older: false }
  let closed = false
  let timer: ReturnType<typeof setTimeout> | undefined
  /** The newest bars are asked again from here on. */
  let refreshFrom: Millis | undefined
  let firstFrameAt: Millis | undefined
  let newestAt: Millis = 0
  let tries = 0

  const enter = (change: Partial<ChartState>) => {
    current = { ...current, ...change }
    for (const listener of listeners) listener()
  }

  const ask = async (count: number, take: (history: BarHistory) => void, to?: Millis) => {
    const history = await client.call('history.bars', {
      instrument,
      interval,
      count: Math.min(count, MOST),
      ...(to === undefined ? {} : { to }),
    })
    if (!closed) take(history)
  }

  const loadNewest = (count: number) => {
    model.asking()
    ask(count, (history) => {
      model.applyNewest(history)
      enter({ phase: 'ready' })
      watchJoint()
    }).catch((error: unknown) => {
      if (closed) return
      if (current.phase === 'ready') refreshLater(newestAt)
      else enter({ phase: 'failed', fault: toFault(error) })
    })
  }
  const refreshLater = (from: Millis) => {
    refreshFrom = Math.min(refreshFrom ?? from, from)
    timer ??= setTimeout(() => {
      timer = undefined
      const since = refreshFrom ?? newestAt
      refreshFrom = undefined
      loadNewest(Math.ceil(Math.max(newestAt - since, 0) / interval) + 2)
    }, SETTLE)
  }
  /** Seconds that passed before the stream spoke are history's: it must have reached that point. */
  const watchJoint = () => {
    const { through } = model
    if (through === undefined || firstFrameAt === undefined || through > firstFrameAt || tries >= JOINT_TRIES) return
    tries += 1
    refreshLater(through)
  }

  loadNewest(FIRST)

  return {
    instrument,
    model,
    state: () => current,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    apply(frame) {
      newestAt = Math.max(newestAt, frame.at)
      model.applyGaps(frame.gaps)
      model.applySeconds(frame.seconds, frame.at)
      if (firstFrameAt === undefined) {
        firstFrameAt = frame.at
        watchJoint()
      }
      for (const gap of frame.gaps) if (gap.filledBy !== undefined) refreshLater(gap.since)
      if (model.stale) refreshLater(Math.min(newestAt, ...frame.seconds.map((second) => second.openAt)))
    },
    loadOlder() {
      const oldest = model.openAts[0]
      if (current.older || current.phase !== 'ready' || model.complete || oldest === undefined) return
      enter({ older: true })
      ask(OLDER, (history) => model.applyOlder(history), oldest)
        .catch(() => undefined)
        .finally(() => {
          if (!closed) enter({ older: false })
        })
    },
    retry() {
      if (current.phase !== 'failed') return
      enter({ phase: 'loading' })
      loadNewest(FIRST)
    },
    close() {
      closed = true
      clearTimeout(timer)
      listeners.clear()
    },
  }
}
