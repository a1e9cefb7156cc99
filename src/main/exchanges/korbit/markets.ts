/** Digital X's list of markets, with English names, price steps and states. */

import { compareDecimals } from '../../../shared/decimal.ts'
import type { Decimal, Instrument, InstrumentKey } from '../../../shared/market.ts'
import type { Rest, RestCall } from '../exchange.ts'
import { VenueError } from '../exchange.ts'
import type { Fields } from '../fields.ts'
import { present } from '../reader.ts'
import { call } from './call.ts'

type Get = <T>(call: RestCall<T>) => Promise<T>

/** Symbols in one call for price steps. */
const SYMBOLS_PER_CALL = 50

/** All markets, stopped ones too. Names, steps and the prices that tell which step holds come from calls of their own. */
export const getMarkets: Rest['markets'] = async (get) => {
  const listed = await get(call('currencyPairs', {}, (data) => data.all().map(toInstrument)))
  const names = new Map(await orNone(get, namesCall))
  const prices = new Map(await orNone(get, pricesCall))
  const steps = new Map<string, readonly Step[]>()
  const traded = listed.filter(({ status }) => status === 'trading').map(({ native }) => native)
  for (let from = 0; from < traded.length; from += SYMBOLS_PER_CALL) {
    const asked = traded.slice(from, from + SYMBOLS_PER_CALL)
    for (const [native, ladder] of await orNone(get, stepsCall(asked))) steps.set(native, ladder)
  }
  return listed.map((instrument) => {
    const { native, base = '' } = instrument
    const en = names.get(base)
    return present({
      ...instrument,
      names: en === undefined ? {} : { en },
      tickSize: stepAt(steps.get(native) ?? [], prices.get(native)),
    })
  })
}

/** Key of a native symbol: 'btc_krw' is 'korbit:BTC/KRW'. */
export function toKey(native: string): InstrumentKey | undefined {
  const match = /^([^\s_/]+)_([^\s_/]+)$/.exec(native)
  return match === null ? undefined : `korbit:${match[1]?.toUpperCase()}/${match[2]?.toUpperCase()}`
}

function toInstrument(row: Fields): Instrument {
  const native = row.text('symbol')
  const key = toKey(native)
  if (key === undefined) throw row.wrong('bad-value', 'symbol', `is not a pair: ${native}`)
  const [base = '', quote = ''] = native.toUpperCase().split('_')
  const status = row.text('status') === 'launched' ? 'trading' : 'halted'
  return { key, venue: 'korbit', native, base, quote, names: {}, status }
}

const namesCall = call('currencies', {}, (data) =>
  data.all().flatMap((row) => {
    const name = row.optionalText('fullName')
    return name === undefined ? [] : [[row.text('name').toUpperCase(), name] as const]
  }),
)

const pricesCall = call('tickers', {}, (data) =>
  data.all().map((row) => [row.text('symbol'), row.amount('close')] as const),
)

/** From this price on, this step. */
interface Step {
  readonly from: Decimal
  readonly step: Decimal
}

function stepsCall(symbols: readonly string[]) {
  return call('tickSizePolicy', { symbol: symbols.join(',') }, (data) =>
    data.all().map((row) => [row.text('symbol'), row.list('tickSizePolicy').map(toStep)] as const),
  )
}

function toStep(row: Fields): Step {
  return { from: row.amount('priceGte'), step: row.positive('tickSize') }
}

function stepAt(ladder: readonly Step[], price: Decimal | undefined): Decimal | undefined {
  if (price === undefined) return undefined
  const below = ladder.filter(({ from }) => compareDecimals(from, price) <= 0)
  return below.toSorted((left, right) => compareDecimals(left.from, right.from)).at(-1)?.step
}

/** What one of these calls brings; nothing where the venue refuses it, for a list without it still serves. */
async function orNone<T>(get: Get, asked: RestCall<readonly T[]>): Promise<readonly T[]> {
  try {
    return await get(asked)
  } catch (error) {
    if (error instanceof VenueError) return []
    throw error
  }
}
