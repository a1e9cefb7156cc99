import type { VenueHealth } from '../../shared/engine-view.ts'
import type { Millis } from '../../shared/market.ts'
import type { ClockSkew } from './clock-skew.ts'
import { createClockSkew } from './clock-skew.ts'
import type { Clock } from './clock.ts'
import { createDelayMeter } from './delay.ts'
import { createRate } from './rate.ts'
import type { Watermark } from './watermark.ts'
import { createWatermark } from './watermark.ts'

/** What is measured of a venue's stream. */
export interface Meters {
  readonly skew: ClockSkew
  readonly watermark: Watermark
  /** Anything the venue said. */
  onMessage(receivedAt: Millis): void
  /** A pushed event that carries the time at which it happened. */
  onTimed(at: Millis, receivedAt: Millis): void
  onTrade(): void
  view(): Pick<VenueHealth, 'messages' | 'trades' | 'messagesPerSecond' | 'tradesPerSecond' | 'delay' | 'skew'>
}

/** `wholeSeconds`: see Exchange. */
export function createMeters(clock: Clock, wholeSeconds = false): Meters {
  const skew = createClockSkew(clock)
  const watermark = createWatermark(clock, skew)
  const delay = createDelayMeter(clock)
  const messages = createRate(clock)
  const trades = createRate(clock)
  return {
    skew,
    watermark,
    onMessage(receivedAt) {
      messages.add()
      watermark.alive(receivedAt)
    },
    onTimed(at, receivedAt) {
      skew.heard(at, receivedAt)
      if (!wholeSeconds) delay.add(receivedAt - at)
      watermark.heard(at, receivedAt)
    },
    onTrade: () => trades.add(),
    view() {
      const percentiles = delay.percentiles()
      const offset = skew.estimate()
      return {
        messages: messages.total,
        trades: trades.total,
        messagesPerSecond: messages.perSecond(),
        tradesPerSecond: trades.perSecond(),
        ...(percentiles ? { delay: percentiles } : {}),
        ...(offset === undefined ? {} : { skew: offset }),
      }
    },
  }
}
