/** Digital X, the former Korbit, as https://docs.digitalx.miraeasset.com describes it and as it has been seen to behave. */

import { HOUR, MINUTE, SECOND } from '../../../shared/market.ts'
import { hash } from '../hash.ts'
import type { EmulatedVenue } from '../venue.ts'
import { receive, SILENT } from './dialogue.ts'
import { KORBIT_MARKETS } from './markets.ts'
import { REST } from './rest.ts'
import { toTopic, TYPES } from './stream.ts'

const PATH = '/v2/public'

export const korbit: EmulatedVenue = {
  id: 'korbit',
  markets: KORBIT_MARKETS,
  weight: 0.2,
  rules: {
    binary: false,
    ping: { every: 30 * SECOND, within: MINUTE },
    frames: [],
    countsPings: false,
    connects: { count: 100, per: SECOND },
  },
  dayOpens: 15 * HOUR,
  open: (url) => (url.pathname === PATH ? SILENT : undefined),
  receive,
  allTopics: () => KORBIT_MARKETS.flatMap(({ symbol }) => TYPES.map((type) => toTopic(type, symbol))),
  tradeId: (market, { index }) => String(10_000_000 + (hash(market.seed, 35) % 10_000_000) + index),
  rest: REST,
}
