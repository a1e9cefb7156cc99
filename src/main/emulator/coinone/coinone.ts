/** Coinone, as https://docs.coinone.co.kr describes it and as it has been seen to behave. */

import { HOUR, MINUTE, SECOND } from '../../../shared/market.ts'
import type { EmulatedVenue, Topic } from '../venue.ts'
import { greet, receive, SILENT } from './dialogue.ts'
import { COINONE_MARKETS } from './markets.ts'
import { REST } from './rest.ts'
import { toTopic } from './stream.ts'
import { idOf } from './texts.ts'

export const coinone: EmulatedVenue = {
  id: 'coinone',
  markets: COINONE_MARKETS,
  weight: 0.3,
  rules: {
    binary: false,
    idle: 30 * MINUTE,
    mute: 60.7 * SECOND,
    frames: [],
    countsPings: false,
    connects: { count: 100, per: SECOND },
    most: { count: 20, code: 4290 },
  },
  dayOpens: 15 * HOUR,
  open: (url) => (url.pathname === '/' || url.pathname === '' ? SILENT : undefined),
  greet,
  receive,
  allTopics: () =>
    COINONE_MARKETS.flatMap(({ symbol }) =>
      ['TRADE', 'TICKER', 'ORDERBOOK'].map((channel) => toTopic({ channel, symbol, interval: '', isShort: false })),
    ).filter((topic): topic is Topic => topic !== undefined),
  tradeId: (_market, { at, nth }) => idOf(at, nth + 1),
  rest: REST,
}
