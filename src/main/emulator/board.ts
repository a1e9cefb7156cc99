/** The topics of a venue that somebody listens to. Each frame is made once, however many sockets get it. */

import type { Millis } from '../../shared/market.ts'
import type { MarketModel, ModelTrade } from './model.ts'
import type { OpenScene } from './scene.ts'
import type { Print, Topic } from './venue.ts'

export type Emit = (topic: Topic, text: string, print: Print | undefined) => void

export interface Board {
  add(topic: Topic): void
  remove(key: string): void
  /** Does anybody listen to this channel of this market? Of those that speak with trades only. */
  listensTo(market: string, channel: Topic['channel']): boolean
  /** Frames of the topics that speak with this trade. */
  onTrade(market: MarketModel, trade: ModelTrade, emit: Emit): void
  /** Frames of the topics whose grid this moment is on. */
  onTick(at: Millis, emit: Emit): void
  /** A topic's present state. */
  snapshot(topic: Topic): string | undefined
}

export function createBoard(scene: OpenScene): Board {
  const byMarket = new Map<string, Map<string, Topic>>()
  const byClock = new Map<string, Topic>()
  const memories = new Map<string, unknown>()

  function groupOf(topic: Topic): Map<string, Topic> {
    if (topic.cadence !== 'trade') return byClock
    const symbol = topic.market ?? ''
    let group = byMarket.get(symbol)
    if (group === undefined) byMarket.set(symbol, (group = new Map()))
    return group
  }

  function add(topic: Topic): void {
    groupOf(topic).set(topic.key, topic)
  }

  function remove(key: string): void {
    byClock.delete(key)
    memories.delete(key)
    for (const group of byMarket.values()) group.delete(key)
  }

  function listensTo(market: string, channel: Topic['channel']): boolean {
    return [...(byMarket.get(market)?.values() ?? [])].some((topic) => topic.channel === channel)
  }

  function onTrade(market: MarketModel, trade: ModelTrade, emit: Emit): void {
    const group = byMarket.get(market.spec.symbol)
    if (group === undefined || group.size === 0) return
    const print = scene.print(market, trade)
    for (const topic of group.values()) {
      const frame = topic.frame({ scene, cause: 'trade', trade: print })
      if (frame?.text !== undefined) emit(topic, frame.text, print)
    }
  }

  function onTick(at: Millis, emit: Emit): void {
    for (const topic of byClock.values()) {
      if (at % (topic.cadence as Millis) !== 0) continue
      const frame = topic.frame({ scene, cause: 'tick', memory: memories.get(topic.key) })
      if (frame === undefined) continue
      if (frame.memory !== undefined) memories.set(topic.key, frame.memory)
      if (frame.text !== undefined) emit(topic, frame.text, undefined)
    }
  }

  function snapshot(topic: Topic): string | undefined {
    const frame = topic.frame({ scene, cause: 'snapshot', memory: memories.get(topic.key) })
    if (frame?.memory !== undefined && !memories.has(topic.key)) memories.set(topic.key, frame.memory)
    return frame?.text
  }

  return { add, remove, listensTo, onTrade, onTick, snapshot }
}
