import type { MarketEvent } from '../shared/market.ts'
import type { TopicId } from '../shared/topics.ts'
import { topicOf } from '../shared/topics.ts'
import type { Journal } from './journal/journal.ts'
import type { createClock } from './pipeline/watermarks.ts'
import { createSamples } from './samples.ts'

/** Writes what was collected to the journal: every trade and gap, and samples of what is true until the next one. */
export interface Recorder {
  record(events: readonly MarketEvent[]): void
  /** Trades recorded since the start. */
  trades(): number
}

export function createRecorder(journal: Journal, clock: Pick<ReturnType<typeof createClock>, 'observe'>): Recorder {
  const sample = createSamples()
  let trades = 0
  return {
    record(events) {
      const byTopic: Record<TopicId, MarketEvent[]> = { trades: [], tickers: [], books: [], bars: [] }
      for (const event of events) {
        const { kind } = event.data
        if (kind === 'trade') trades += 1
        const sampled = sample(event) // the page sees all of them
        if (sampled) byTopic[topicOf(kind)].push(sampled)
      }
      clock.observe(byTopic.trades)
      for (const [topic, each] of Object.entries(byTopic)) if (each.length > 0) journal.append(topic as TopicId, each)
    },
    trades: () => trades,
  }
}
