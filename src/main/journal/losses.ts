/**
 * Trades that could not be kept, remembered as gaps: once the journal takes records again, the first of them say which
 * seconds of which markets are missing. A gap record that was itself refused is kept and comes again.
 */

import type { Gap, InstrumentKey, MarketEvent, Millis } from '../../shared/market.ts'
import { CLOCK_KEY } from '../../shared/market.ts'

export interface Losses {
  /** Notes events that were not kept. The first `told` of them are gaps that `take` gave. */
  add(events: readonly MarketEvent[], told: number): void
  /** The gaps that tell of them, oldest first; forgotten here. */
  take(): MarketEvent<Gap>[]
}

export function createLosses(): Losses {
  const lost = new Map<InstrumentKey, { since: Millis; until: Millis; receivedAt: Millis }>()
  const gaps = new Map<string, MarketEvent<Gap>>()

  const extend = (instrument: InstrumentKey, since: Millis, until: Millis, receivedAt: Millis) => {
    const known = lost.get(instrument)
    if (!known) lost.set(instrument, { since, until, receivedAt })
    else {
      known.since = Math.min(known.since, since)
      known.until = Math.max(known.until, until)
      known.receivedAt = receivedAt
    }
  }

  return {
    add(events, told) {
      for (const [index, { instrument, at, receivedAt, data, ...rest }] of events.entries()) {
        if (instrument === CLOCK_KEY) continue
        if (data.kind !== 'gap') extend(instrument, at, at + 1, receivedAt)
        else if (index < told && data.reason === 'halted') extend(instrument, at, data.until ?? at + 1, receivedAt)
        else gaps.set(`${instrument} ${data.since}`, { instrument, at, receivedAt, data, ...rest })
      }
    },
    take() {
      const told: MarketEvent<Gap>[] = [...gaps.values()]
      for (const [instrument, { since, until, receivedAt }] of lost)
        told.push({
          instrument,
          at: since,
          receivedAt,
          origin: 'stream',
          data: { kind: 'gap', since, until, reason: 'halted' },
        })
      lost.clear()
      gaps.clear()
      return told.toSorted((a, b) => a.at - b.at)
    },
  }
}
