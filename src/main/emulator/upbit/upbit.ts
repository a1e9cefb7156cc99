/** Upbit spot, as `https://docs.upbit.com/kr/reference/websocket-guide` describes it and as it has been seen to behave. */

import { MINUTE, SECOND } from '../../../shared/market.ts'
import type { EmulatedVenue } from '../venue.ts'
import { receive, SILENT } from './dialogue.ts'
import { UPBIT_MARKETS } from './markets.ts'
import { REST } from './rest.ts'
import { toTopic } from './stream.ts'

const PATH = '/websocket/v1'

export const upbit: EmulatedVenue = {
  id: 'upbit',
  markets: UPBIT_MARKETS,
  weight: 1,
  rules: {
    binary: true,
    idle: 60.5 * SECOND, // the documents say 120 s
    frames: [
      { count: 5, per: SECOND },
      { count: 100, per: MINUTE },
    ],
    countsPings: false,
    connects: { count: 5, per: SECOND },
    origin: { count: 1, per: 10 * SECOND },
  },
  open: (url) => (url.pathname === PATH ? SILENT : undefined),
  receive,
  allTopics: () =>
    UPBIT_MARKETS.flatMap(({ symbol }) =>
      ['trade', 'ticker', 'orderbook'].map((type) =>
        toTopic({ type, code: symbol, onlySnapshot: false, onlyRealtime: true }, 'DEFAULT'),
      ),
    ),
  // The time in ten-thousandths of a millisecond, the last four digits counting: 17 digits, above 2^53.
  tradeId: (_market, { at, nth }) => `${at}${String(nth).padStart(4, '0')}`,
  rest: REST,
}
