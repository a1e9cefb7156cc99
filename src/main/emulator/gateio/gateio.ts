/** Gate.io spot, as https://www.gate.com/docs/developers/apiv4/ws/en/ describes it and as it has been seen to behave. */

import { MINUTE, SECOND } from '../../../shared/market.ts'
import type { EmulatedVenue, Topic } from '../venue.ts'
import { farewell, open, receive } from './dialogue.ts'
import { GATEIO_MARKETS } from './markets.ts'
import { REST } from './rest.ts'
import { CHANNELS, toTopic } from './stream.ts'
import { firstTradeId } from './texts.ts'

export const gateio: EmulatedVenue = {
  id: 'gateio',
  markets: GATEIO_MARKETS,
  weight: 0.7,
  rules: {
    binary: false,
    // It does ping; how often is not known.
    ping: { every: 20 * SECOND, within: MINUTE },
    frames: [],
    countsPings: false,
    connects: { count: 300, per: MINUTE },
  },
  open,
  receive,
  farewell,
  allTopics: () =>
    GATEIO_MARKETS.flatMap(({ symbol }) =>
      CHANNELS.map((channel) => toTopic(channel, channel === 'spot.obu' ? `ob.${symbol}.50` : symbol)),
    ).filter((topic): topic is Topic & { readonly market: string } => topic !== undefined),
  tradeId: (market, { index }) => String(firstTradeId(market) + index),
  rest: REST,
}
