/** Coinbase with both of its public feeds and REST interfaces, as https://docs.cdp.coinbase.com describes them and as they have been seen to behave. */

import { SECOND } from '../../../shared/market.ts'
import type { EmulatedVenue, Topic } from '../venue.ts'
import { ADVANCED_ROUTES } from './advanced-rest.ts'
import { number, open, receive } from './dialogue.ts'
import { EXCHANGE_ROUTES } from './exchange-rest.ts'
import { toExchangeTopic } from './exchange-stream.ts'
import { COINBASE_MARKETS } from './markets.ts'
import { firstTradeId } from './texts.ts'

export const coinbase: EmulatedVenue = {
  id: 'coinbase',
  markets: COINBASE_MARKETS,
  weight: 0.9,
  rules: {
    binary: false,
    firstWithin: 5 * SECOND,
    frames: [{ count: 100, per: SECOND }],
    countsPings: false,
    connects: { count: 20, per: SECOND },
  },
  open,
  receive,
  number,
  allTopics: () =>
    COINBASE_MARKETS.flatMap(({ symbol }) =>
      ['matches', 'ticker', 'level2_batch', 'heartbeat'].map((name) => toExchangeTopic(name, symbol)),
    ).filter((topic): topic is Topic => topic !== undefined),
  tradeId: (market, { index }) => String(firstTradeId(market) + index),
  rest: {
    limits: { exchange: { count: 15, per: SECOND }, advanced: { count: 15, per: SECOND } },
    routes: [...EXCHANGE_ROUTES, ...ADVANCED_ROUTES],
    usage: () => ({}),
    refusal: (status) => JSON.stringify({ message: status === 429 ? 'Public rate limit exceeded' : 'NotFound' }),
  },
}
