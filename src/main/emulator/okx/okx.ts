/** OKX spot, as https://www.okx.com/docs-v5/en/#overview-websocket describes it and as it has been seen to behave. */

import { HOUR, SECOND } from '../../../shared/market.ts'
import type { EmulatedVenue, Topic } from '../venue.ts'
import { farewell, open, receive } from './dialogue.ts'
import { OKX_MARKETS } from './markets.ts'
import { REST } from './rest.ts'
import { CHANNELS, toTopic } from './stream.ts'
import { lastFillId } from './texts.ts'

export const okx: EmulatedVenue = {
  id: 'okx',
  markets: OKX_MARKETS,
  weight: 1.1,
  rules: {
    binary: false,
    quiet: { within: 30 * SECOND, code: 4004 },
    // Requests are; here a text ping counts as one too.
    frames: [{ count: 480, per: HOUR }],
    countsPings: false,
    connects: { count: 3, per: SECOND },
  },
  open,
  receive,
  farewell,
  allTopics: () =>
    OKX_MARKETS.flatMap(({ symbol }) => CHANNELS.map((channel) => toTopic(channel, symbol))).filter(
      (topic): topic is Topic => topic !== undefined,
    ),
  tradeId: (market, { index }) => String(lastFillId(market, index)),
  rest: REST,
}
