/** Korea Investment & Securities, as https://apiportal.koreainvestment.com describes it. Any key is taken. */

import { MINUTE, SECOND } from '../../../shared/market.ts'
import type { EmulatedVenue, Topic } from '../venue.ts'
import { receive, toTopic } from './dialogue.ts'
import { KIS_MARKETS } from './markets.ts'
import { REST } from './rest.ts'

/** The second path has its data encrypted, as the real one has only an account's own notices. */
const PATH = /^\/tryitout(\/encrypted)?(\/[A-Z0-9]+)?\/?$/

export const kis: EmulatedVenue = {
  id: 'kis',
  markets: KIS_MARKETS,
  weight: 0.1,
  rules: {
    binary: false,
    // Whoever does not answer PINGPONG is cut.
    idle: MINUTE,
    frames: [{ count: 20, per: SECOND }],
    countsPings: false,
    connects: { count: 10, per: MINUTE },
  },
  open(url) {
    const path = PATH.exec(url.pathname)
    return path === null ? undefined : { topics: [], format: path[1] === undefined ? 'plain' : 'encrypted' }
  },
  receive,
  allTopics: () =>
    KIS_MARKETS.flatMap(({ symbol, quote }) =>
      (quote === 'KRW' ? ['H0STCNT0', 'H0STASP0'] : ['HDFSCNT0']).map((id) => toTopic(id, symbol)),
    ).filter((topic): topic is Topic => topic !== undefined),
  tradeId: (_market, { index }) => String(index),
  rest: REST,
}
