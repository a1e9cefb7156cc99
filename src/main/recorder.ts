import type { MarketEvent, Millis } from '../shared/market.ts'
import { SECOND } from '../shared/market.ts'
import type { TopicId } from '../shared/topics.ts'
import { topicOf } from '../shared/topics.ts'
import type { Journal } from './journal/journal.ts'
import type { createClock } from './pipeline/watermarks.ts'

/** Writes what was collected to the journal: every trade and gap, and samples of what is true until the next one. */
export interface Recorder {
  record(events: readonly MarketEvent[]): void
  /** Trades recorded since the start. */
  trades(): number
}

/** The page sees every ticker and book; the log keeps one in so long, of each market. */
const SAMPLED: Readonly<Partial<Record<MarketEvent['data']['kind'], Millis>>> = { ticker: SECOND, book: 500 }

export function createRecorder(journal: Journal, clock: Pick<ReturnType<typeof createClock>, 'observe'>): Recorder {
  const sampled = new Map<string, Millis>()
  let trades = 0
  const isDue = ({ instrument, receivedAt, data: { kind } }: MarketEvent): boolean => {
    const every = SAMPLED[kind]
    if (every === undefined) return true
    const name = `${kind} ${instrument}`
    if (receivedAt - (sampled.get(name) ?? 0) < every) return false
    sampled.set(name, receivedAt)
    return true
  }
  return {
    record(events) {
      const byTopic: Record<TopicId, MarketEvent[]> = { trades: [], tickers: [], books: [], bars: [] }
      for (const event of events) {
        if (event.data.kind === 'trade') trades += 1
        if (isDue(event)) byTopic[topicOf(event.data.kind)].push(event)
      }
      clock.observe(byTopic.trades)
      for (const [topic, each] of Object.entries(byTopic)) if (each.length > 0) journal.append(topic as TopicId, each)
    },
    trades: () => trades,
  }
}
