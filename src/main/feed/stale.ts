import type { Channel, Millis } from '../../shared/market.ts'
import type { Clock } from './clock.ts'
import type { FeedLimits } from './feed-limits.ts'
import type { Rhythm } from './rhythm.ts'
import { createRhythm } from './rhythm.ts'

/**
 * Watches each subscription (a market's channel) for silence against its own rhythm. It only suspects; who is right is
 * settled by evidence, so that a truly quiet pair is never reconnected:
 *
 * 1. A channel that ticks by itself (not in the venue's `quiet` list) is dead when it says nothing for its limit.
 * 2. A quiet trade channel is settled by asking the venue over REST: a trade that the stream did not bring, older than
 *    two seconds, proves it dead; no such trade proves it quiet. Without an answer it stays suspected and is asked about again.
 * 3. A quiet ticker or book is dead only if several trades of its market came since its last word: they change both.
 *
 * The limit is 2.5 × the usual rhythm: half a rhythm is left for the evidence, so that it is known within 3.
 */
export interface SilenceWatch {
  add(market: string, channel: Channel): void
  remove(market: string): void
  heard(market: string, channel: Channel): void
  /** Counts silence anew (another connection), the learned rhythm stays. */
  restart(market: string): void
  /** Subscriptions that have just come to be suspected, or are still so at their next limit. */
  sweep(): readonly Suspect[]
  /** It is quiet, not dead: suspected again after another limit, each time a longer one. */
  absolve(suspect: Pick<Suspect, 'market' | 'channel'>): void
}

export interface Suspect {
  readonly market: string
  readonly channel: Channel
  /** Silent for so long. */
  readonly silence: Millis
  /** Trades of the market since this channel's last word. */
  readonly tradesSince: number
}

const FACTOR = 2.5

interface Subscription {
  readonly market: string
  readonly channel: Channel
  readonly rhythm: Rhythm
  lastAt: Millis
  /** It has spoken on this connection: the time since then is an interval of its rhythm. */
  hasSpoken: boolean
  /** Suspect when nothing was heard until then. */
  dueAt: Millis
  absolved: number
  tradesSince: number
}

export function createSilenceWatch(clock: Clock, limits: FeedLimits['silence']): SilenceWatch {
  const markets = new Map<string, Map<Channel, Subscription>>()
  const limitOf = ({ rhythm }: Subscription) => {
    const normal = rhythm.normal()
    return normal === undefined ? limits.unlearned : Math.min(limits.most, Math.max(limits.least, FACTOR * normal))
  }
  const start = (subscription: Subscription) => {
    subscription.lastAt = clock.monotonic()
    subscription.dueAt = subscription.lastAt + limitOf(subscription)
    subscription.absolved = 0
    subscription.tradesSince = 0
    subscription.hasSpoken = false
  }
  return {
    add(market, channel) {
      let channels = markets.get(market)
      if (!channels) markets.set(market, (channels = new Map()))
      if (channels.has(channel)) return
      const subscription = {
        market,
        channel,
        rhythm: createRhythm(),
        lastAt: 0,
        hasSpoken: false,
        dueAt: 0,
        absolved: 0,
        tradesSince: 0,
      }
      channels.set(channel, subscription)
      start(subscription)
    },
    remove: (market) => void markets.delete(market),
    heard(market, channel) {
      const channels = markets.get(market)
      const subscription = channels?.get(channel)
      if (!subscription) return
      const now = clock.monotonic()
      if (subscription.hasSpoken) subscription.rhythm.add(now - subscription.lastAt)
      subscription.hasSpoken = true
      subscription.lastAt = now
      subscription.dueAt = 0
      subscription.absolved = 0
      subscription.tradesSince = 0
      if (channel !== 'trade' || !channels) return
      for (const each of channels.values()) if (each !== subscription) each.tradesSince += 1
    },
    restart(market) {
      for (const subscription of markets.get(market)?.values() ?? []) start(subscription)
    },
    sweep() {
      const now = clock.monotonic()
      const suspects: Suspect[] = []
      for (const channels of markets.values())
        for (const subscription of channels.values()) {
          const limit = limitOf(subscription)
          // Cheaper here than for each message.
          if (subscription.dueAt === 0) subscription.dueAt = subscription.lastAt + limit
          if (now < subscription.dueAt) continue
          subscription.dueAt = now + limit
          const { market, channel, tradesSince } = subscription
          // Whole milliseconds: it dates the gap, and the clock that never jumps has fractions.
          suspects.push({ market, channel, silence: Math.round(now - subscription.lastAt), tradesSince })
        }
      return suspects
    },
    absolve({ market, channel }) {
      const subscription = markets.get(market)?.get(channel)
      if (!subscription) return
      subscription.absolved += 1
      const wait = limitOf(subscription) * 2 ** Math.min(subscription.absolved, 6)
      subscription.dueAt = clock.monotonic() + Math.min(limits.most, wait)
    },
  }
}
