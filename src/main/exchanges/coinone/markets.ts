/** Coinone's list of markets, with names, steps and states. All of them are priced in won. */

import type { Instrument } from '../../../shared/market.ts'
import type { Rest, RestCall } from '../exchange.ts'
import { VenueError } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { present } from '../reader.ts'
import { call } from './call.ts'
import { marketOf, toKey } from './symbols.ts'

/** All listed markets. Names come from the list of currencies. */
export const getMarkets: Rest['markets'] = async (get) => {
  const rows = await get(call('markets/KRW', {}, (body) => body.list('markets').map(toInstrument)))
  const names = await getNames(get)
  return rows.map((instrument) => ({ ...instrument, names: names.get(instrument.base ?? '') ?? {} }))
}

function toInstrument(row: Fields): Instrument {
  const native = marketOf(row)
  const key = toKey(native)
  if (key === undefined) throw row.wrong('bad-value', 'target_currency', `is no currency of a pair: ${native}`)
  const [quote = '', base = ''] = native.split('/')
  return present({
    key,
    venue: 'coinone' as const,
    native,
    base,
    quote,
    names: {},
    tickSize: row.optionalPrice('price_unit'),
    sizeStep: row.optionalPrice('qty_unit'),
    status: isTrading(row) ? ('trading' as const) : ('halted' as const),
  })
}

/** State 0: no trading. 2 and 3 let only sell or only buy, and there are trades. */
function isTrading(row: Fields): boolean {
  return row.id('trade_status') !== '0' && row.id('maintenance_status') === '0'
}

async function getNames(get: <T>(call: RestCall<T>) => Promise<T>): Promise<ReadonlyMap<string, Instrument['names']>> {
  const currencies = call('currencies', {}, (body) =>
    body
      .list('currencies')
      .map((row) => [row.text('symbol').toUpperCase(), namesOf(row.optionalText('name'))] as const),
  )
  try {
    return new Map(await get(currencies))
  } catch (error) {
    if (error instanceof VenueError) return new Map() // a list without names still serves
    throw error
  }
}

/** One name, in whichever language. */
function namesOf(name: string | undefined): Instrument['names'] {
  if (name === undefined) return {}
  return /\p{Script=Hangul}/u.test(name) ? { ko: name } : { en: name }
}
