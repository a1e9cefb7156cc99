/** What a coin costs in won beyond what it costs abroad: the markets that are compared, and the figure itself. */

import { addDecimals, divideDecimals, multiplyDecimals } from './exact.ts'
import type { Decimal, Instrument, InstrumentKey, Millis, VenueId } from './market.ts'
import { MINUTE, pairOf, venueOf } from './market.ts'

/** Won per dollar, the official rate as nearly as one is told without a key. */
export const WON_PER_DOLLAR: InstrumentKey = 'yahoo:USD/KRW'

/** An older rate is still shown, and what is made of it, both as old. Currencies are told several times a minute while they are dealt. */
export const RATE_HOLDS: Millis = 10 * MINUTE

/** Where a coin's price abroad is taken from: the first of these that lists it and is connected. */
const ABROAD: readonly (readonly [venue: VenueId, quote: string])[] = [
  ['binance', 'USDT'],
  ['okx', 'USDT'],
  ['bybit', 'USDT'],
  ['gateio', 'USDT'],
  ['coinbase', 'USD'],
  ['kraken', 'USD'],
]
const KOREA: readonly VenueId[] = ['upbit', 'bithumb', 'coinone', 'korbit']

/** The markets that a premium is made of. */
export interface PremiumLegs {
  readonly reference: InstrumentKey
  /** Won per dollar. Absent for a market in dollars, which needs none. */
  readonly rate?: InstrumentKey
  /** Won per tether, on the same exchange. Absent where it lists none, or nothing abroad is priced in tether. */
  readonly tether?: InstrumentKey
}

/**
 * What a market is compared with; undefined where a premium means nothing: it is priced neither in won nor in dollars, is
 * a stock, or nobody abroad lists the coin. `same`: the coin's markets everywhere.
 */
export function premiumLegs(
  key: InstrumentKey,
  same: readonly Instrument[],
  tethers: readonly Instrument[],
  isConnected: (venue: VenueId) => boolean,
): PremiumLegs | undefined {
  const venue = venueOf(key)
  const [base, quote] = pairOf(key).split('/')
  const inWon = quote === 'KRW' && KOREA.some((each) => each === venue)
  const inDollars = quote === 'USD' && ABROAD.some(([each]) => each === venue)
  // A tether costs a dollar abroad by definition of what it is compared with.
  if ((!inWon && !inDollars) || base === 'USDT') return undefined
  const reference = ABROAD.flatMap(([each, wanted]) =>
    isConnected(each)
      ? same.filter((other) => other.venue === each && other.quote === wanted && other.key !== key)
      : [],
  )[0]
  if (reference === undefined) return undefined
  const tether =
    inWon && reference.quote === 'USDT'
      ? tethers.find((each) => each.venue === venue && each.quote === 'KRW')
      : undefined
  return {
    reference: reference.key,
    ...(inWon && { rate: WON_PER_DOLLAR }),
    ...(tether && { tether: tether.key }),
  }
}

/** Digits of a premium: a hundredth of a basis point. */
const DIGITS = 8

/** The fraction by which `price` lies above `reference` × `rate`: '0.02099371' is 2.1 %. Undefined where that is 0. */
export function premiumOf(price: Decimal, reference: Decimal, rate: Decimal = '1'): Decimal | undefined {
  const abroad = multiplyDecimals(reference, rate)
  return Number(abroad) > 0 ? addDecimals(divideDecimals(price, abroad, DIGITS), '-1') : undefined
}
