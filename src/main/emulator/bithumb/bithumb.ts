/** Bithumb spot, as https://apidocs.bithumb.com describes it and as it has been seen to behave. */

import { HOUR, SECOND } from '../../../shared/market.ts'
import { hash } from '../hash.ts'
import type { EmulatedVenue } from '../venue.ts'
import { receive, SILENT } from './dialogue.ts'
import { BITHUMB_MARKETS } from './markets.ts'
import { REST } from './rest.ts'
import { toTopic } from './stream.ts'

const PATH = '/websocket/v1'

export const bithumb: EmulatedVenue = {
  id: 'bithumb',
  markets: BITHUMB_MARKETS,
  weight: 0.6,
  rules: {
    binary: true,
    idle: 60 * SECOND, // the documents say 120 s
    frames: [],
    countsPings: false,
    connects: { count: 10, per: SECOND },
  },
  dayOpens: 15 * HOUR,
  open: (url) => (url.pathname === PATH ? SILENT : undefined),
  receive,
  allTopics: () =>
    BITHUMB_MARKETS.flatMap(({ symbol }) =>
      (['trade', 'ticker', 'orderbook'] as const).map((type) =>
        toTopic({ type, code: symbol, onlySnapshot: false, onlyRealtime: true }, 'DEFAULT'),
      ),
    ),
  // Nineteen digits, and nothing of the trade's time in them: REST tells another id of the same trade.
  tradeId: (market, { index }) => `1${digits(hash(market.seed, 33))}${digits(index)}`,
  rest: REST,
}

function digits(value: number): string {
  return String(value % 1e9).padStart(9, '0')
}
