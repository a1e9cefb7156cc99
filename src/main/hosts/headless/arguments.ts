import { InvalidArgumentError } from 'commander'
import type { ItemFeedId } from '../../../shared/items.ts'
import { ITEM_FEEDS } from '../../../shared/items.ts'
import type { InstrumentKey, Millis, VenueId } from '../../../shared/market.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/market.ts'
import { exchanges } from '../../exchanges/registry.ts'

/** Readers of option values: each gives the value, or one sentence that names the remedy. */

export function venueList(text: string): VenueId[] {
  const offered = exchanges.map((each) => each.id)
  return text.split(',').map((part) => {
    const name = part.trim().toLowerCase()
    const found = offered.find((id) => id === name)
    if (!found) throw new InvalidArgumentError(`"${part}" is no exchange. Choose from: ${offered.join(', ')}.`)
    return found
  })
}

export function marketList(text: string): InstrumentKey[] {
  return text.split(',').map((part) => {
    const key = part.trim()
    if (!/^[a-z0-9]+:[^\s,]+$/.test(key))
      throw new InvalidArgumentError(
        `"${key}" is no market key. Write it as exchange:BASE/QUOTE, such as upbit:BTC/KRW.`,
      )
    venueList(key.slice(0, key.indexOf(':')))
    return key as InstrumentKey
  })
}

/** Feeds of news and sentiment. */
export function feedList(text: string): ItemFeedId[] {
  return text.split(',').map((part) => {
    const name = part.trim().toLowerCase()
    const found = ITEM_FEEDS.find((id) => id === name)
    if (!found) throw new InvalidArgumentError(`"${part}" is no feed. Choose from: ${ITEM_FEEDS.join(', ')}.`)
    return found
  })
}

export function positive(text: string): number {
  const value = Number(text)
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError(`"${text}" is not a number above 0.`)
  return value
}

/** Trades a second of the simulated market. */
export function tradeRate(text: string): number {
  const value = Number(text)
  if (!Number.isFinite(value) || value < 1 || value > 20_000)
    throw new InvalidArgumentError(`"${text}" is not a rate (1 to 20000 trades a second).`)
  return value
}

/** Seed of the simulated market. */
export function seedNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0)
    throw new InvalidArgumentError(`"${text}" is not a seed (a whole number, 0 or more).`)
  return value
}

export function portNumber(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new InvalidArgumentError(`"${text}" is not a port (0 to 65535).`)
  return value
}

/** Where something listens. */
export interface ListenAddress {
  readonly host: string
  readonly port: number
}

/** `[host:]port`, on this machine's loopback where no host is given. Empty, as a variable may be: nowhere. */
export function listenAddress(text: string): ListenAddress | undefined {
  if (text.trim() === '') return undefined
  const [, bracketed, plain, port = ''] = /^(?:\[([\da-fA-F:.]+)\]:|([^\s:[\]/]+):)?(\d{1,5})$/.exec(text.trim()) ?? []
  if (port === '' || Number(port) > 65_535)
    throw new InvalidArgumentError(
      `"${text}" is no address. Write a port (0 to 65535), or host:port such as 0.0.0.0:9464 or [::1]:9464.`,
    )
  return { host: bracketed ?? plain ?? '127.0.0.1', port: Number(port) }
}

const UNITS: Readonly<Record<string, Millis>> = { s: SECOND, m: MINUTE, h: HOUR, d: DAY }

/** A length such as 1s, 5m, 4h, 1d. */
export function duration(text: string): Millis {
  const match = /^(\d+)([smhd])$/.exec(text.trim())
  const unit = UNITS[match?.[2] ?? '']
  if (!match || unit === undefined || Number(match[1]) === 0)
    throw new InvalidArgumentError(`"${text}" is not a length. Write 1s, 5m, 4h or 1d.`)
  return Number(match[1]) * unit
}

/** An instant: ISO 8601 (UTC unless it carries an offset), Unix milliseconds, "now", or a length ago such as 90m. */
export function instant(text: string, now: Millis = Date.now()): Millis {
  const trimmed = text.trim()
  if (trimmed === 'now') return now
  if (/^\d{12,14}$/.test(trimmed)) return Number(trimmed)
  if (/^\d+[smhd]$/.test(trimmed)) return now - duration(trimmed)
  const iso = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,3})?)?)?(Z|[+-]\d\d:?\d\d)?$/.exec(trimmed)
  const zoned = iso?.[4] ? trimmed : iso?.[1] ? `${trimmed}Z` : trimmed
  const at = iso ? Date.parse(zoned.replace(' ', 'T')) : Number.NaN
  if (Number.isNaN(at))
    throw new InvalidArgumentError(
      `"${text}" is not a time. Write 2026-11-23T09:00:00+09:00, 2026-11-23 (UTC), Unix milliseconds, or a length ago such as 90m.`,
    )
  return at
}
