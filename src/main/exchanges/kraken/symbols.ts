/** Kraken's three ways to name a market: 'BTC/USD' on the socket, 'XBT/USD' in the list's `wsname`, 'XXBTZUSD' as a key of REST answers. */

import type { InstrumentKey } from '../../../shared/market.ts'

/** Old code → the one that everybody else uses, and the socket too. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['XBT', 'BTC'],
  ['XDG', 'DOGE'],
])

const OLD_CODES: ReadonlyMap<string, string> = new Map([...RENAMED].map(([old, code]) => [code, old]))

/** The currencies that were there before Kraken ceased to prefix them: coins with X, money with Z. */
const PREFIXED: ReadonlyMap<string, string> = new Map([
  ...['ETC', 'ETH', 'LTC', 'MLN', 'REP', 'XBT', 'XDG', 'XLM', 'XMR', 'XRP', 'ZEC'].map(
    (code) => [code, `X${code}`] as const,
  ),
  ...['AUD', 'CAD', 'EUR', 'GBP', 'JPY', 'USD'].map((code) => [code, `Z${code}`] as const),
])

/** Base and quote of a symbol with a slash, or undefined where it is no pair. */
export function toPair(symbol: string): { readonly base: string; readonly quote: string } | undefined {
  const pair = /^([^\s/]+)\/([^\s/]+)$/.exec(symbol)
  return pair?.[1] === undefined || pair[2] === undefined ? undefined : { base: pair[1], quote: pair[2] }
}

/** Key of a native symbol: 'BTC/USD' is 'kraken:BTC/USD'. */
export function toKey(native: string): InstrumentKey | undefined {
  return toPair(native) === undefined ? undefined : `kraken:${native}`
}

/** A currency's code as the socket knows it: BTC for XBT, which it refuses. */
export function toCode(code: string): string {
  return RENAMED.get(code) ?? code
}

/** The keys under which REST may answer about a market: with and without the prefixes of old. */
export function toRestKeys(native: string): readonly string[] {
  const pair = toPair(native)
  if (pair === undefined) return [native]
  const [base, quote] = [pair.base, pair.quote].map((code) => OLD_CODES.get(code) ?? code) as [string, string]
  return [native, base + quote, (PREFIXED.get(base) ?? base) + (PREFIXED.get(quote) ?? quote)]
}
