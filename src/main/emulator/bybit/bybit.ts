/** Bybit spot, as https://bybit-exchange.github.io/docs/v5/ws/connect describes it and as it has been seen to behave. */

import { MINUTE } from '../../../shared/market.ts'
import type { EmulatedVenue, Topic } from '../venue.ts'
import { open, receive } from './dialogue.ts'
import { BYBIT_MARKETS } from './markets.ts'
import { REST } from './rest.ts'
import { NAMES, toTopic } from './stream.ts'
import { tradeId } from './texts.ts'

export const bybit: EmulatedVenue = {
  id: 'bybit',
  markets: BYBIT_MARKETS,
  weight: 0.9,
  rules: {
    binary: false,
    idle: 10 * MINUTE,
    frames: [],
    countsPings: false,
    connects: { count: 500, per: 5 * MINUTE },
  },
  open,
  receive,
  allTopics: () =>
    BYBIT_MARKETS.flatMap(({ symbol }) => NAMES.map((name) => toTopic(`${name}.${symbol}`))).filter(
      (topic): topic is Topic => topic !== undefined,
    ),
  tradeId: (market, { index }) => tradeId(market, index),
  rest: REST,
}
