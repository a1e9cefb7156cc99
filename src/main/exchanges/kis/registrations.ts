/** Registrations: what a connection carries, 41 in all, each one transaction id with one key. */

import type { Channel } from '../../../shared/market.ts'
import type { Want } from '../exchange.ts'
import type { Place } from './symbols.ts'
import { placeOf } from './symbols.ts'

/** Trades and books together; the account's own notices would count too. */
export const REGISTRATIONS = 41

/** By where a market is dealt. Trades bring the ticker along. */
const TRANSACTIONS: Readonly<Record<Place['kind'], Readonly<Partial<Record<'trade' | 'book', string>>>>> = {
  krx: { trade: 'H0STCNT0', book: 'H0STASP0' },
  nxt: { trade: 'H0NXCNT0', book: 'H0NXASP0' },
  abroad: { trade: 'HDFSCNT0' },
}

interface Registration {
  readonly tr_id: string
  readonly tr_key: string
}

/** What these channels of a market are registered as; each once. */
function registrationsOf({ market, channels }: Want): readonly Registration[] {
  const place = placeOf(market)
  if (place === undefined) return []
  const kinds = new Set(channels.map((channel) => (channel === 'book' ? 'book' : 'trade')))
  return [...kinds].flatMap((kind) => {
    const tr_id = TRANSACTIONS[place.kind][kind]
    return tr_id === undefined ? [] : [{ tr_id, tr_key: place.kind === 'abroad' ? market : place.code }]
  })
}

/** Registrations that these wants take. */
export function count(wants: readonly Want[]): number {
  return wants.reduce((sum, want) => sum + registrationsOf(want).length, 0)
}

/** As many of the wants as there is room for: first the trades of each market, in their order, then the books. */
export function fit(wants: readonly Want[]): readonly Want[] {
  let room = REGISTRATIONS
  const carried = new Map<string, Channel[]>()
  const add = (isWanted: (channel: Channel) => boolean) => {
    for (const { market, channels } of wants) {
      const part = channels.filter(isWanted)
      const cost = count([{ market, channels: part }])
      if (cost === 0 || cost > room) continue
      room -= cost
      carried.set(market, [...(carried.get(market) ?? []), ...part])
    }
  }
  add((channel) => channel !== 'book')
  add((channel) => channel === 'book')
  return [...carried].map(([market, channels]) => ({ market, channels }))
}

/** A frame for each registration, still without the approval key. */
export function toFrames(type: '1' | '2', wants: readonly Want[]): readonly string[] {
  return wants.flatMap(registrationsOf).map((input) =>
    JSON.stringify({
      header: { approval_key: '', custtype: 'P', tr_type: type, 'content-type': 'utf-8' },
      body: { input },
    }),
  )
}

/** The market of a registration that the venue speaks of. */
export function nativeOf(transaction: string, key: string): string | undefined {
  const native = transaction.startsWith('H0NX') ? `${key}.NX` : key
  return placeOf(native) === undefined ? undefined : native
}

export function channelOf(transaction: string): Channel | undefined {
  for (const { trade, book } of Object.values(TRANSACTIONS)) {
    if (transaction === trade) return 'trade'
    if (transaction === book) return 'book'
  }
  return undefined
}
