/** Data records of KIS as events. */

import type { Book, Decimal, Level, Millis, Phase, Ticker, Trade } from '../../../shared/market.ts'
import { MINUTE } from '../../../shared/market.ts'
import type { Decoded } from '../exchange.ts'
import { FrameError } from '../exchange.ts'
import { asAsks, asBids } from '../levels.ts'
import { present } from '../reader.ts'
import { ABROAD, BOOK, TRADE } from './layouts.ts'
import type { KisRecord } from './records.ts'
import { placeOf } from './symbols.ts'

/** What a kind of record holds, and how it is read. */
export interface RecordKind {
  /** Fewest fields; further ones have been added behind. */
  readonly fields: number
  decode(record: KisRecord): readonly Decoded[]
}

/** By transaction id. */
export const RECORD_KINDS: ReadonlyMap<string, RecordKind> = new Map<string, RecordKind>([
  ['H0STCNT0', { fields: TRADE.fields, decode: (record) => decodeTrade(record, '') }],
  ['H0NXCNT0', { fields: TRADE.fields, decode: (record) => decodeTrade(record, '.NX') }],
  ['H0STASP0', { fields: BOOK.fields, decode: (record) => decodeBook(record, '') }],
  ['H0NXASP0', { fields: BOOK.fields, decode: (record) => decodeBook(record, '.NX') }],
  ['HDFSCNT0', { fields: ABROAD.fields, decode: decodeAbroad }],
])

/** 1 prints at the ask, 5 at the bid; 3 is before the opening, where nobody takes. */
const SIDES: Readonly<Record<string, Trade['side']>> = { '1': 'buy', '5': 'sell', '3': undefined }
/** First digit of the market's own phase. */
const PHASES: Readonly<Record<string, Phase>> = { '1': 'pre', '2': 'regular', '3': 'after', '4': 'after' }

/** Delay of the free feeds abroad: none from New York, 15 minutes from Asia. */
const ASIA: Millis = 15 * MINUTE

function decodeTrade(record: KisRecord, suffix: string): readonly Decoded[] {
  const market = marketOf(record.text(TRADE.code, 'MKSC_SHRN_ISCD') + suffix)
  const at = record.moment(TRADE.date, TRADE.time)
  const price = record.positive(TRADE.price, 'STCK_PRPR')
  const size = record.amount(TRADE.size, 'CNTG_VOL')
  const side = record.text(TRADE.side, 'CCLD_DVSN')
  if (!Object.hasOwn(SIDES, side)) throw new FrameError('bad-value', '"CCLD_DVSN" is neither 1, 3 nor 5.')
  const ticker: Ticker = present({
    kind: 'ticker' as const,
    last: price,
    bid: record.optionalPrice(TRADE.bid, 'BIDP1'),
    ask: record.optionalPrice(TRADE.ask, 'ASKP1'),
    open24h: record.optionalPrice(TRADE.open, 'STCK_OPRC'),
    high24h: record.optionalPrice(TRADE.high, 'STCK_HGPR'),
    low24h: record.optionalPrice(TRADE.low, 'STCK_LWPR'),
    volume24h: record.optionalAmount(TRADE.volume, 'ACML_VOL'),
    quoteVolume24h: record.optionalAmount(TRADE.value, 'ACML_TR_PBMN'),
    change: record.fraction(TRADE.changePercent, 'PRDY_CTRT'),
    phase: phaseOf(record),
  })
  return [...tradeOf(market, at, price, size, SIDES[side]), { market, at, data: ticker }]
}

function phaseOf(record: KisRecord): Phase | undefined {
  if (record.optionalText(TRADE.halted) === 'Y') return 'halted'
  return PHASES[record.optionalText(TRADE.marketPhase)?.[0] ?? '']
}

/** A record without a size tells a price and no trade. */
function tradeOf(
  market: string,
  at: Millis,
  price: Decimal,
  size: Decimal,
  side?: Trade['side'],
): readonly Decoded<Trade>[] {
  if (size === '0') return []
  const data: Trade = { kind: 'trade', id: fingerprint(price, size), price, size, ...(side && { side }) }
  return [{ market, at, data }]
}

/** KIS numbers no trades. Those of a second are told apart by their values and their order; REST tells no more of them. */
export function fingerprint(price: Decimal, size: Decimal): string {
  return `${price}x${size}`
}

function decodeBook(record: KisRecord, suffix: string): readonly Decoded[] {
  const side = (prices: number, sizes: number) => {
    const levels: Level[] = []
    for (let nth = 0; nth < BOOK.levels; nth += 1) {
      const price = record.optionalPrice(prices + nth, 'price')
      const size = record.amount(sizes + nth, 'size')
      if (price !== undefined && size !== '0') levels.push([price, size])
    }
    return levels
  }
  const data: Book = {
    kind: 'book',
    snapshot: true,
    bids: asBids(side(BOOK.bidPrices, BOOK.bidSizes)),
    asks: asAsks(side(BOOK.askPrices, BOOK.askSizes)),
  }
  // It tells the hour and not the day: the feed takes its arrival.
  return [{ market: marketOf(record.text(BOOK.code, 'MKSC_SHRN_ISCD') + suffix), data }]
}

function decodeAbroad(record: KisRecord): readonly Decoded[] {
  const market = marketOf(record.text(ABROAD.symbol, 'RSYM'))
  const at = record.moment(ABROAD.koreanDate, ABROAD.koreanTime)
  const last = record.positive(ABROAD.price, 'LAST')
  const ticker: Ticker = present({
    kind: 'ticker' as const,
    last,
    bid: record.optionalPrice(ABROAD.bid, 'PBID'),
    ask: record.optionalPrice(ABROAD.ask, 'PASK'),
    open24h: record.optionalPrice(ABROAD.open, 'OPEN'),
    high24h: record.optionalPrice(ABROAD.high, 'HIGH'),
    low24h: record.optionalPrice(ABROAD.low, 'LOW'),
    volume24h: record.optionalAmount(ABROAD.volume, 'TVOL'),
    quoteVolume24h: record.optionalAmount(ABROAD.value, 'TAMT'),
    change: record.fraction(ABROAD.changePercent, 'RATE'),
    delay: delayOf(market),
  })
  // No field says who took.
  return [...tradeOf(market, at, last, record.amount(ABROAD.size, 'EVOL')), { market, at, data: ticker }]
}

export function delayOf(native: string): Millis {
  return /^D(NAS|NYS|AMS)/.test(native) ? 0 : ASIA
}

function marketOf(native: string): string {
  if (placeOf(native) === undefined) throw new FrameError('bad-value', 'The code is no symbol.')
  return native
}
