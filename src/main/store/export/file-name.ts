import type { ExportRequest } from '../../../shared/export-view.ts'
import type { Millis } from '../../../shared/market.ts'
import { DAY, HOUR, MINUTE, SECOND, pairOf, venueOf } from '../../../shared/market.ts'
import { createIso, toZone } from './zones.ts'

/** The file's name: '[DEMO-]upbit-BTC-KRW-1s-20261122T1432-20261123T1432-KST.csv'. Safe on every system. */
export function toFileName(request: ExportRequest, demo: boolean): string {
  const zone = toZone(request.zone)
  const iso = createIso(zone, { digits: 0, suffix: false })
  const [first, ...others] = new Set(request.instruments)
  const market =
    first === undefined || others.length > 0 ? `${others.length + 1}-markets` : `${venueOf(first)}-${pairOf(first)}`
  const parts = [
    demo ? 'DEMO' : '',
    market,
    subject(request),
    compact(iso(request.from)),
    compact(iso(request.to)),
    zone.name,
  ]
  const ending = request.format === 'sqlite' ? '.sqlite' : request.gzip ? '.csv.gz' : '.csv'
  return (
    parts
      .filter((part) => part !== '')
      .map(safeName)
      .join('-') + ending
  )
}

/** The name of one file of several: 'x-2.csv'. */
export function numbered(name: string, number: number): string {
  const dot = name.search(/\.(csv|csv\.gz|sqlite)$/)
  return dot < 0 ? `${name}-${number}` : `${name.slice(0, dot)}-${number}${name.slice(dot)}`
}

function subject(request: ExportRequest): string {
  if (request.preset === 's0') return 's0'
  if (request.kind === 'bars-1s') return '1s'
  return request.kind === 'bars' ? intervalName(request.interval ?? SECOND) : request.kind
}

const UNITS: readonly (readonly [Millis, string])[] = [
  [DAY, 'd'],
  [HOUR, 'h'],
  [MINUTE, 'm'],
  [SECOND, 's'],
]

function intervalName(interval: Millis): string {
  const [length, unit] = UNITS.find(([length]) => interval % length === 0) ?? [SECOND, 's']
  return `${interval / length}${unit}`
}

/** '2026-11-22T14:32:00' → '20261122T1432', with seconds only where there are any. */
function compact(iso: string): string {
  return iso.replaceAll(/[-:]/g, '').replace(/00$/, '')
}

const LONGEST = 80

/** A text as part of a file name: letters and digits of any script, the rest hyphens. No system minds that. */
export function safeName(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, LONGEST)
    .replaceAll(/^-+|-+$/g, '')
}
