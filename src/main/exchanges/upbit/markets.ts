/** Upbit's list of markets, with names, price steps and warnings. */

import type { Instrument, InstrumentKey } from '../../../shared/market.ts'
import type { Rest, RestCall } from '../exchange.ts'
import { VenueError } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { present } from '../reader.ts'
import { call } from './call.ts'

/** Codes in one call, so that its path stays near a kilobyte. */
const CODES_PER_CALL = 100

/** All listed markets. Price steps come from a call of their own for each hundred. */
export const getMarkets: Rest['markets'] = async (get) => {
  const listed = await get(
    call('market', '/v1/market/all', { is_details: 'true' }, (body) => body.all().map(toInstrument)),
  )
  const tickSizes = new Map<string, string>()
  for (let from = 0; from < listed.length; from += CODES_PER_CALL) {
    const codes = listed.slice(from, from + CODES_PER_CALL).map(({ native }) => native)
    for (const [code, tickSize] of await getTickSizes(get, codes)) tickSizes.set(code, tickSize)
  }
  return listed.map((instrument) => present({ ...instrument, tickSize: tickSizes.get(instrument.native) }))
}

/** Key of a native symbol: 'KRW-BTC' is 'upbit:BTC/KRW'. */
export function toKey(native: string): InstrumentKey | undefined {
  const [quote = '', base = '', ...rest] = native.split('-')
  const isPair = rest.length === 0 && /^[^\s/]+$/.test(base) && /^[^\s/]+$/.test(quote)
  return isPair ? `upbit:${base}/${quote}` : undefined
}

/** The quote currency in a native symbol, empty where it is no pair. */
export function quoteOf(native: string): string {
  return native.slice(0, Math.max(native.indexOf('-'), 0))
}

function toInstrument(row: Fields): Instrument {
  const native = row.text('market')
  const key = toKey(native)
  if (key === undefined) throw row.wrong('bad-value', 'market', `is not a pair: ${native}`)
  const quote = quoteOf(native)
  return present({
    key,
    venue: 'upbit' as const,
    native,
    base: native.slice(quote.length + 1),
    quote,
    names: present({ ko: row.optionalText('korean_name'), en: row.optionalText('english_name') }),
    status: 'trading' as const, // markets that do not trade are not listed
    warning: row.has('market_event') ? warningOf(row.object('market_event')) : undefined,
  })
}

const CAUTIONS = [
  'PRICE_FLUCTUATIONS',
  'TRADING_VOLUME_SOARING',
  'DEPOSIT_AMOUNT_SOARING',
  'GLOBAL_PRICE_DIFFERENCES',
  'CONCENTRATION_OF_SMALL_ACCOUNTS',
]

function warningOf(event: Fields): string | undefined {
  if (event.has('warning') && event.flag('warning')) return 'WARNING'
  const caution = event.has('caution') ? event.object('caution') : undefined
  return CAUTIONS.find((name) => caution?.has(name) === true && caution.flag(name))
}

async function getTickSizes(
  get: <T>(call: RestCall<T>) => Promise<T>,
  codes: readonly string[],
): Promise<readonly (readonly [string, string])[]> {
  const sizes = call('orderbook', '/v1/orderbook/instruments', { markets: codes.join(',') }, (body) =>
    body.all().map((row) => [row.text('market'), row.positive('tick_size')] as const),
  )
  try {
    return await get(sizes)
  } catch (error) {
    if (error instanceof VenueError) return [] // one code delisted meanwhile refuses the call; a list without steps still serves
    throw error
  }
}
