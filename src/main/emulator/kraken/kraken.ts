/** Kraken, as https://docs.kraken.com/api/docs/guides/spot-ws-intro describes it and as it has been seen to behave. */

import { MINUTE } from '../../../shared/market.ts'
import { hash } from '../hash.ts'
import type { EmulatedVenue, Topic } from '../venue.ts'
import { greet, open, receive } from './dialogue.ts'
import { KRAKEN_MARKETS } from './markets.ts'
import { REST } from './rest.ts'
import { toTopic } from './stream.ts'

const ALL = [{ channel: 'trade' }, { channel: 'ticker', event_trigger: 'bbo' }, { channel: 'book', depth: 25 }]

export const kraken: EmulatedVenue = {
  id: 'kraken',
  markets: KRAKEN_MARKETS,
  weight: 0.6,
  rules: {
    binary: false,
    frames: [],
    countsPings: false,
    // Heartbeats are words too, and begin with the first subscription.
    quiet: { within: MINUTE, code: 1001 },
    connects: { count: 150, per: 10 * MINUTE },
  },
  open,
  greet,
  receive,
  allTopics: () =>
    KRAKEN_MARKETS.flatMap(({ symbol }) => ALL.map((params) => toTopic(params, symbol))).filter(
      (topic): topic is Topic => typeof topic !== 'string',
    ),
  tradeId: (market, { index }) => String(10_000_000 + (hash(market.seed, 32) % 100_000_000) + index),
  rest: REST,
}
