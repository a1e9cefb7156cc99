import type { ExportRequest } from '../../../shared/export-view.ts'
import type { Millis } from '../../../shared/market.ts'
import { MINUTE } from '../../../shared/market.ts'

/** A zone that times are written in. */
export interface Zone {
  /** As it stands in headers: 'KST', 'UTC', or the system's own 'Europe/Berlin'. */
  readonly name: string
  /** Minutes ahead of UTC at an instant. */
  readonly offset: (at: Millis) => number
}

const ZONES: Readonly<Record<ExportRequest['zone'], () => Zone>> = {
  KST: () => ({ name: 'KST', offset: () => 540 }),
  UTC: () => ({ name: 'UTC', offset: () => 0 }),
  local: () => ({
    name: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    offset: (at) => -new Date(at).getTimezoneOffset(),
  }),
}

/** The zone of a request; 'local' is this machine's. */
export function toZone(name: ExportRequest['zone']): Zone {
  return ZONES[name]()
}

const TWO = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'))
const THREE = Array.from({ length: 1_000 }, (_, value) => String(value).padStart(3, '0'))

/** How a time is written: digits after the second (0, 3 or 6), and whether the zone follows it. */
export interface IsoStyle {
  readonly digits: 0 | 3 | 6
  readonly suffix: boolean
}

/**
 * Writes instants as ISO 8601 in a zone: '2026-11-22T14:32:00.123+09:00', 'Z' for UTC. Made for rows in order of time:
 * it works out a date once a minute, as no offset changes within one.
 */
export function createIso(zone: Zone, style: IsoStyle): (at: Millis) => string {
  let minute: Millis | undefined
  let head = ''
  let tail = ''
  return (at) => {
    const within = ((at % MINUTE) + MINUTE) % MINUTE
    const start = at - within
    if (start !== minute) {
      const offset = zone.offset(start)
      minute = start
      head = new Date(start + offset * MINUTE).toISOString().slice(0, -7)
      tail = (style.digits === 6 ? '000' : '') + (style.suffix ? offsetText(zone, offset) : '')
    }
    const text = head + (TWO[(within / 1_000) | 0] ?? '')
    return style.digits === 0 ? text + tail : `${text}.${THREE[within % 1_000]}${tail}`
  }
}

function offsetText(zone: Zone, offset: number): string {
  if (zone.name === 'UTC') return 'Z'
  const size = Math.abs(offset)
  return `${offset < 0 ? '-' : '+'}${TWO[Math.floor(size / 60)]}:${TWO[size % 60]}`
}
