/** Bithumb's list of markets, with names and warnings. It tells no steps of price or size. */

import type { Instrument, InstrumentKey } from '../../../shared/market.ts'
import type { Rest, RestCall } from '../exchange.ts'
import { VenueError } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { present } from '../reader.ts'
import { call } from './call.ts'

/** Steps of an alert, the gravest first. */
const STEPS = ['DANGER', 'WARNING', 'CAUTION']

/** All listed markets. What is warned of comes in two lists: markets under review, and alerts that end by themselves. */
export const getMarkets: Rest['markets'] = async (get) => {
  const listed = await get(
    call('other', '/v1/market/all', { isDetails: 'true' }, (body) => body.all().map(toInstrument)),
  )
  const alerts = await getAlerts(get)
  return listed.map((instrument) =>
    present({ ...instrument, warning: instrument.warning ?? alerts.get(instrument.native) }),
  )
}

/** Key of a native symbol: 'KRW-BTC' is 'bithumb:BTC/KRW'. */
export function toKey(native: string): InstrumentKey | undefined {
  const [quote = '', base = '', ...rest] = native.split('-')
  const isPair = rest.length === 0 && /^[^\s/]+$/.test(base) && /^[^\s/]+$/.test(quote)
  return isPair ? `bithumb:${base}/${quote}` : undefined
}

function toInstrument(row: Fields): Instrument {
  const native = row.text('market')
  const key = toKey(native)
  if (key === undefined) throw row.wrong('bad-value', 'market', `is not a pair: ${native}`)
  const [quote = '', base = ''] = native.split('-')
  const warning = row.optionalText('market_warning')
  return present({
    key,
    venue: 'bithumb' as const,
    native,
    base,
    quote,
    names: present({ ko: row.optionalText('korean_name'), en: row.optionalText('english_name') }),
    status: 'trading' as const, // markets that do not trade are not listed
    warning: warning === 'NONE' ? undefined : warning,
  })
}

/** The gravest alert of each market that has any. */
async function getAlerts(get: <T>(call: RestCall<T>) => Promise<T>): Promise<ReadonlyMap<string, string>> {
  const alerts = call('other', '/v1/market/virtual_asset_warning', {}, (body) =>
    body
      .all()
      .map((row) => ({
        market: row.text('market'),
        type: row.text('warning_type'),
        step: STEPS.indexOf(row.optionalText('warning_step') ?? ''),
      }))
      .toSorted((left, right) => right.step - left.step),
  )
  try {
    return new Map((await get(alerts)).map(({ market, type }) => [market, type]))
  } catch (error) {
    if (error instanceof VenueError) return new Map() // a list without alerts still serves
    throw error
  }
}
