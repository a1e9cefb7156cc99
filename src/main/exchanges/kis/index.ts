/** Korea Investment & Securities: stocks in Seoul and abroad, with a key. One connection a key, 41 registrations on it. */

import { MINUTE, SECOND } from '../../../shared/market.ts'
import type { Exchange } from '../exchange.ts'
import { STOCKS } from '../stocks/listing.ts'
import { createAccess } from './access.ts'
import { count, fit, REGISTRATIONS, toFrames } from './registrations.ts'
import type { Account } from './rest.ts'
import { createRest } from './rest.ts'
import { createDecoder, decode } from './stream.ts'
import { channelsOf, INSTRUMENTS, placeOf, SEOUL_INSTRUMENTS, toKey, toNative } from './symbols.ts'

/** The account with real prices. */
export const kis: Exchange = createKis('kis.live', 'ws://ops.koreainvestment.com:21000', {
  hosts: ['https://openapi.koreainvestment.com:9443'],
  calls: 15, // 20 are allowed
  instruments: INSTRUMENTS,
  isPaper: false,
})

/** The account for practice: Seoul only, slower, with keys of its own. */
export const kisPaper: Exchange = createKis('kis.paper', 'ws://ops.koreainvestment.com:31000', {
  hosts: ['https://openapivts.koreainvestment.com:29443'],
  calls: 2,
  instruments: SEOUL_INSTRUMENTS,
  isPaper: true,
})

function createKis(name: 'kis.live' | 'kis.paper', socket: string, account: Account): Exchange {
  const urls = [`${socket}/tryitout`]
  return {
    id: 'kis',
    names: { ko: '한국투자증권', en: 'Korea Investment & Securities' },
    code: 'KIS',
    region: 'korea',
    docs: 'https://apiportal.koreainvestment.com',
    identity: 'fingerprint',
    toKey,
    toNative,
    channelsOf,
    connect(wants) {
      const carried = fit(wants)
      return carried.length === 0 ? [] : [{ urls, wants: carried, frames: toFrames('1', carried), pace: 100 }]
    },
    change: 'incremental',
    subscribe: (wants) => toFrames('1', wants),
    unsubscribe: (wants) => toFrames('2', wants),
    decode,
    decoder: createDecoder,
    access: createAccess(name),
    standIn: { venue: 'yahoo', natives: standIns, source: 'kis_via_yfinance' },
    wholeSeconds: true,
    // It asks by PINGPONG all day and night; how often is not documented.
    keepAlive: { kind: 'server', within: 3 * MINUTE },
    // Whoever connects or registers in a loop is shut out.
    limits: {
      connects: { count: 4, per: MINUTE },
      frames: { count: 10, per: SECOND },
      alone: 2 * SECOND,
      registrations: { most: REGISTRATIONS, of: count },
    },
    quiet: ['trade', 'ticker', 'book'],
    rest: createRest(account),
  }
}

/** The same share at Yahoo; which board a code of Seoul is on is tried where it is not listed here. */
function standIns(market: string): readonly string[] {
  const place = placeOf(market)
  if (place === undefined) return []
  if (place.kind === 'abroad') return /^(NAS|NYS|AMS)$/.test(place.exchange) ? [place.code.replace(/[./]/, '-')] : []
  const boards: readonly string[] = BOARDS.get(place.code) ?? ['KS', 'KQ']
  return boards.map((board) => `${place.code}.${board}`)
}

const BOARDS: ReadonlyMap<string, readonly string[]> = new Map(
  STOCKS.map(({ code, board }) => [code, [board === 'KOSDAQ' ? 'KQ' : 'KS']]),
)
