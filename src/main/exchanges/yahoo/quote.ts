/** What Yahoo's own words about a quote mean. */

import { toDecimal } from '../../../shared/decimal.ts'
import type { Decimal, Millis, Phase } from '../../../shared/market.ts'
import { MINUTE } from '../../../shared/market.ts'
import { FrameError } from '../exchange.ts'
import { shortest } from './pricing.ts'

/** Exchanges that Yahoo tells as it happens, and those it tells late (reported by its own help page on exchanges; nobody measured it). */
const DELAYS: Readonly<Record<string, Millis>> = {
  NMS: 0,
  NGM: 0,
  NCM: 0,
  NYQ: 0,
  ASE: 0,
  PCX: 0,
  BTS: 0,
  NIM: 0,
  SNP: 0,
  DJI: 0,
  CXI: 0,
  CCC: 0,
  CCY: 0,
  KSC: 20 * MINUTE,
  KOE: 20 * MINUTE,
  JPX: 20 * MINUTE,
  HKG: 15 * MINUTE,
  CME: 10 * MINUTE,
  NYM: 10 * MINUTE,
  CMX: 10 * MINUTE,
  CBT: 10 * MINUTE,
}
/** "At least 15 minutes unless noted otherwise": an unknown exchange is never called real-time. */
const UNKNOWN_DELAY: Millis = 15 * MINUTE

export function delayOf(exchange: string): Millis {
  return Object.hasOwn(DELAYS, exchange) ? (DELAYS[exchange] ?? UNKNOWN_DELAY) : UNKNOWN_DELAY
}

const EARLIEST: Millis = Date.UTC(1990, 0, 1)
const LATEST: Millis = Date.UTC(2100, 0, 1)

/** A time of Yahoo's. A quote of a symbol that is not dealt any more may be years old. */
export function timeOf(at: number, name: string): Millis {
  if (!(at >= EARLIEST && at < LATEST)) throw new FrameError('bad-time', `"${name}" is no time between 1990 and 2100.`)
  return Math.floor(at)
}

/** A price, or undefined where it is 0, which is how Yahoo writes "none". */
export function priceOf(value: number | undefined, name: string): Decimal | undefined {
  if (value === undefined || value === 0) return undefined
  if (!Number.isFinite(value) || value < 0) throw new FrameError('bad-value', `"${name}" is no price.`)
  try {
    return toDecimal(shortest(value))
  } catch {
    throw new FrameError('bad-number', `"${name}" is no number of a usual size.`)
  }
}

/** A percentage as a fraction. */
export function fractionOf(percent: number | undefined): Decimal | undefined {
  if (percent === undefined || !Number.isFinite(percent) || Math.abs(percent) > 1e9) return undefined
  const text = shortest(percent)
  return text.includes('e') ? '0' : toDecimal(`${text}e-2`)
}

/** 0 is not on the wire: before the session, or not known. */
const PHASES: readonly (Phase | undefined)[] = [undefined, 'regular', 'after']

export function phaseOf(marketHours: bigint | undefined): Phase | undefined {
  return PHASES[Number(marketHours ?? 0n)]
}
