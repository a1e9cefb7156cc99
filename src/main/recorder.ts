import type { Gap, MarketEvent } from '../shared/market.ts'
import type { TopicId } from '../shared/topics.ts'
import { topicOf } from '../shared/topics.ts'
import { createDayCounter } from './health.ts'
import type { Journal } from './journal/journal.ts'
import type { createClock } from './pipeline/watermarks.ts'
import { createSamples } from './samples.ts'

/** Writes what was collected to the journal: every trade and gap, and samples of what is true until the next one. */
export interface Recorder {
  record(events: readonly MarketEvent[]): void
  /** Trades recorded since the start. */
  trades(): number
  /** Gaps that opened today in what was live. */
  gapsToday(): number
}

export function createRecorder(journal: Journal, clock: Pick<ReturnType<typeof createClock>, 'observe'>): Recorder {
  const sample = createSamples()
  const gapsToday = createDayCounter()
  let trades = 0
  return {
    record(events) {
      const byTopic: Record<TopicId, MarketEvent[]> = { trades: [], tickers: [], books: [], bars: [], items: [] }
      for (const event of events) {
        const { data } = event
        if (data.kind === 'trade') trades += 1
        if (data.kind === 'gap' && isBreak(data)) gapsToday.add()
        const sampled = sample(event) // the page sees all of them
        if (sampled) byTopic[topicOf(data.kind)].push(sampled)
      }
      clock.observe(byTopic.trades)
      for (const [topic, each] of Object.entries(byTopic)) if (each.length > 0) journal.append(topic as TopicId, each)
    },
    trades: () => trades,
    gapsToday: gapsToday.count,
  }
}

/** A gap that has just opened in what was live before. The first connection of a market, and leaving it, are none. */
function isBreak(gap: Gap): boolean {
  return gap.until === undefined && gap.reason !== 'connecting' && gap.reason !== 'unwatched'
}
