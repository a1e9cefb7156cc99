/** Binance spot, as https://github.com/binance/binance-spot-api-docs describes it and as it has been seen to behave. */

import { DAY, MINUTE, SECOND } from '../../../shared/market.ts'
import type { EmulatedVenue, Topic } from '../venue.ts'
import { farewell, open, receive } from './dialogue.ts'
import { BINANCE_MARKETS } from './markets.ts'
import { REST } from './rest.ts'
import { toTopic } from './stream.ts'
import { firstTradeId } from './texts.ts'

export const binance: EmulatedVenue = {
  id: 'binance',
  markets: BINANCE_MARKETS,
  weight: 1.4,
  rules: {
    binary: false,
    ping: { every: 20 * SECOND, within: MINUTE },
    lifetime: DAY,
    frames: [{ count: 5, per: SECOND }],
    countsPings: true,
    connects: { count: 300, per: 5 * MINUTE },
  },
  open,
  receive,
  farewell,
  allTopics: () =>
    BINANCE_MARKETS.flatMap(({ symbol }) =>
      ['trade', 'ticker', 'bookTicker', 'depth20@100ms', 'depth@100ms'].map((name) =>
        toTopic(`${symbol.toLowerCase()}@${name}`, true),
      ),
    ).filter((topic): topic is Topic => topic !== undefined),
  tradeId: (market, { index }) => String(firstTradeId(market) + index),
  rest: REST,
}
