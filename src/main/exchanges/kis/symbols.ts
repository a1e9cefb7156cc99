/** Symbols of Korea Investment & Securities: six characters in Seoul, with '.NX' for the second market there; country, exchange and ticker elsewhere. */

import type { Channel, Instrument, InstrumentKey } from '../../../shared/market.ts'
import { pairOf } from '../../../shared/market.ts'
import type { Stock } from '../stocks/listing.ts'
import { isKorean, STOCKS } from '../stocks/listing.ts'

const SEOUL = /^(\d[0-9A-Z]{5}|Q\d{6})(\.NX)?$/
/** 'D' and the exchange in three letters, then the ticker: 'DNASAAPL', 'DHKS00003'. */
const ABROAD = /^D(NAS|NYS|AMS|HKS|TSE|SHS|SZS|HSX|HNX)([A-Z0-9./-]{1,12})$/
const NEW_YORK: ReadonlySet<string> = new Set(['NAS', 'NYS', 'AMS'])

export type Place =
  | { readonly kind: 'krx' | 'nxt'; readonly code: string }
  | { readonly kind: 'abroad'; readonly exchange: string; readonly code: string }

/** Where a native symbol is dealt; undefined: it is none. */
export function placeOf(native: string): Place | undefined {
  const seoul = SEOUL.exec(native)
  if (seoul !== null) return { kind: seoul[2] === undefined ? 'krx' : 'nxt', code: seoul[1] ?? '' }
  const abroad = ABROAD.exec(native)
  return abroad === null ? undefined : { kind: 'abroad', exchange: abroad[1] ?? '', code: abroad[2] ?? '' }
}

/** 'kis:005930', 'kis:005930.NX'; a share in New York by its ticker alone, 'kis:AAPL'; elsewhere as KIS writes it. */
export function toKey(native: string): InstrumentKey | undefined {
  const place = placeOf(native)
  if (place === undefined) return undefined
  return place.kind === 'abroad' && NEW_YORK.has(place.exchange) ? `kis:${place.code}` : `kis:${native}`
}

const BOARDS: ReadonlyMap<string, string> = new Map(
  STOCKS.filter((stock) => !isKorean(stock)).map(({ code, board }) => [code, `D${board}${code}`]),
)

/** A ticker in New York is known by its exchange only where it is listed here. */
export function toNative(key: InstrumentKey): string | undefined {
  const symbol = pairOf(key)
  return placeOf(symbol) === undefined ? BOARDS.get(symbol) : symbol
}

/** Abroad no order book was ever recorded, so none is asked for. */
export function channelsOf(native: string): readonly Channel[] {
  return placeOf(native)?.kind === 'abroad' ? ['trade', 'ticker'] : ['trade', 'ticker', 'book']
}

/** The symbols that can be found by name; the second market in Seoul deals in those of the first. */
export const INSTRUMENTS: readonly Instrument[] = STOCKS.map((stock) => toInstrument(stock))

/** Only Seoul's, for accounts that deal nowhere else. */
export const SEOUL_INSTRUMENTS: readonly Instrument[] = STOCKS.filter(isKorean).map((stock) => toInstrument(stock))

function toInstrument(stock: Stock): Instrument {
  const native = isKorean(stock) ? stock.code : `D${stock.board}${stock.code}`
  return {
    key: `kis:${stock.code}`,
    venue: 'kis',
    native,
    base: stock.code,
    quote: isKorean(stock) ? 'KRW' : 'USD',
    names: { ko: stock.ko, en: stock.en },
    ...(isKorean(stock) && { sizeStep: '1' }),
    status: 'trading',
  }
}
