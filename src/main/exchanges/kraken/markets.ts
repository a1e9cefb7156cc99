/** Kraken's list of markets. It names them as its older socket did: XBT/USD, XDG/USD. */

import { toDecimal } from '../../../shared/decimal.ts'
import type { Decimal, Instrument } from '../../../shared/market.ts'
import type { Rest } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { present } from '../reader.ts'
import { call } from './call.ts'
import { toCode, toPair } from './symbols.ts'

/** All listed markets, without those that no socket serves. Kraken gives no names. */
export const getMarkets: Rest['markets'] = (get) =>
  get(call('AssetPairs', {}, (result) => [...new Set(result.keys)].flatMap((key) => toInstrument(result.object(key)))))

/** Orders of some kinds are refused, and yet there are trades. */
const TRADING: readonly string[] = ['online', 'limit_only', 'reduce_only']

function toInstrument(row: Fields): readonly Instrument[] {
  const name = row.optionalText('wsname')
  if (name === undefined) return []
  const pair = toPair(name)
  if (pair === undefined) throw row.wrong('bad-value', 'wsname', `is not a pair: ${name}`)
  const [base, quote] = [toCode(pair.base), toCode(pair.quote)]
  const native = `${base}/${quote}`
  const status = row.text('status')
  return [
    present({
      key: `kraken:${native}` as const,
      venue: 'kraken' as const,
      native,
      base,
      quote,
      names: {},
      tickSize: tickSizeOf(row),
      sizeStep: toDecimal(`1e-${row.count('lot_decimals')}`),
      status: TRADING.includes(status) ? ('trading' as const) : ('halted' as const),
      warning: status === 'online' ? undefined : status,
    }),
  ]
}

/**
 * The step, if it shows how many fractional digits the market's prices are printed with: the checksum of books takes
 * them from it, and no check is better than one that always fails.
 */
function tickSizeOf(row: Fields): Decimal | undefined {
  const tickSize = row.optionalPrice('tick_size')
  const digits = tickSize?.split('.')[1]?.length ?? 0
  return digits === row.count('pair_decimals') ? tickSize : undefined
}
