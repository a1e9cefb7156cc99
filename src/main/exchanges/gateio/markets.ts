/** Gate.io's markets. */

import { toDecimal } from '../../../shared/decimal.ts'
import type { Decimal, Instrument, InstrumentKey } from '../../../shared/market.ts'
import type { Fields } from '../fields.ts'
import { present } from '../reader.ts'

/** Key of a native symbol: 'BTC_USDT' is 'gateio:BTC/USDT'. The last underscore parts them, for a base may have one too. */
export function toKey(native: string): InstrumentKey | undefined {
  const cut = native.lastIndexOf('_')
  const base = native.slice(0, Math.max(cut, 0))
  const quote = native.slice(cut + 1)
  return /^[^\s/]+$/.test(base) && /^[^\s/]+$/.test(quote) ? `gateio:${base}/${quote}` : undefined
}

/** A pair of the list. Its precisions count decimals. */
export function toInstrument(row: Fields): Instrument {
  const base = row.text('base')
  const quote = row.text('quote')
  return present({
    key: `gateio:${base}/${quote}` as const,
    venue: 'gateio' as const,
    native: row.text('id'),
    base,
    quote,
    names: present({ en: row.optionalText('base_name') }),
    tickSize: row.has('precision') ? stepOf(row.count('precision')) : undefined,
    sizeStep: row.has('amount_precision') ? stepOf(row.count('amount_precision')) : undefined,
    status: statusOf(row),
    warning: row.has('st_tag') && row.flag('st_tag') ? 'ST' : undefined, // special treatment
  })
}

function stepOf(decimals: number): Decimal {
  return toDecimal(`1e-${decimals}`)
}

/** One side alone (buyable, sellable) makes no trades. */
function statusOf(row: Fields): Instrument['status'] {
  if (row.text('trade_status') !== 'tradable') return 'halted'
  return row.has('delisting_time') && row.id('delisting_time') !== '0' ? 'delisting' : 'trading'
}
