/** Bithumb's candles: their windows open by Korean time. */

import { DAY, HOUR, MINUTE } from '../../../shared/market.ts'
import type { Millis } from '../../../shared/market.ts'
import { toObject } from '../upbit/layout.ts'
import type { RestAnswer, RestQuery, Scene } from '../venue.ts'
import { clamp, fail, ok, oneMarket } from './asks.ts'
import { REST_LAYOUTS } from './layout.ts'
import { candleValues } from './texts.ts'

const KOREAN_TIME = 9 * HOUR

interface Window {
  readonly openAt: Millis
  readonly closeAt: Millis
}

/** The window that holds a moment. */
type Windows = (at: Millis) => Window

/** Windows of one length, the first of which opens at `from` by Korean time. */
function even(length: Millis, from: Millis = 0): Windows {
  return (at) => {
    const openAt = Math.floor((at + KOREAN_TIME - from) / length) * length + from - KOREAN_TIME
    return { openAt, closeAt: openAt + length }
  }
}

function months(at: Millis): Window {
  const date = new Date(at + KOREAN_TIME)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  return { openAt: Date.UTC(year, month) - KOREAN_TIME, closeAt: Date.UTC(year, month + 1) - KOREAN_TIME }
}

const CALENDAR: Readonly<Record<string, Windows>> = {
  days: even(DAY),
  weeks: even(7 * DAY, 4 * DAY), // the epoch was a Thursday; weeks open on Mondays
  months,
}

const UNITS = ['1', '3', '5', '10', '15', '30', '60', '240']
/** Windows without a trade are left out, and the search for `count` others ends here. */
const MOST_WINDOWS = 2_000

export function candles(scene: Scene, rest: RestQuery): RestAnswer {
  const [, kind = '', unit = '1'] = rest.match
  if (kind === 'minutes' && !UNITS.includes(unit)) return fail(400, 'unit is not served')
  const windows = kind === 'minutes' ? even(Number(unit) * MINUTE) : (CALENDAR[kind] ?? even(DAY))
  const layout = REST_LAYOUTS[kind === 'minutes' || kind === 'days' ? kind : 'longer']
  return oneMarket(rest, scene, (market) => {
    const to = fromKoreanTime(rest.query.get('to'))
    if (Number.isNaN(to)) return fail(400, 'to is no time')
    const count = clamp(rest.query.get('count'), 1, 200)
    const rows: string[] = []
    let window = windows(Math.min(to ?? scene.now, scene.now) - 1)
    for (let tried = 0; rows.length < count && tried < MOST_WINDOWS; tried += 1) {
      const candle = scene.candle(market, window.openAt, window.closeAt)
      if (candle !== undefined) rows.push(toObject(layout, { ...candleValues(market, candle), unit }))
      window = windows(window.openAt - 1)
    }
    return ok(rows)
  })
}

/** 'yyyy-MM-dd HH:mm:ss', with a T or without. */
function fromKoreanTime(text: string | null): Millis | undefined {
  if (text === null || text === '') return undefined
  return Date.parse(`${text.replace(' ', 'T')}Z`) - KOREAN_TIME
}
