/** What the export dialog holds while one chooses: texts as typed, checked only when they become a request. */

import type { ExportRequest } from '../../../shared/export-view.ts'
import { EXPORT_KINDS, exportedFeeds } from '../../../shared/export-view.ts'
import type { InstrumentKey, Millis } from '../../../shared/market.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/market.ts'
import type { ExportIntent } from '../../ui/commands.ts'
import type { VisibleRange } from '../../ui/visible-range.ts'
import type { Zone } from '../../ui/zone.ts'
import { formatDateTime, parseDateTime, startOfDay } from '../../ui/zone.ts'

export const RANGES = ['screen', 'hour', 'today', 'week', 'custom'] as const
export type RangeId = (typeof RANGES)[number]

export interface ExportDraft {
  readonly kind: ExportRequest['kind']
  readonly instruments: readonly InstrumentKey[]
  readonly range: RangeId
  /** On the clock of `zone`. */
  readonly fromText: string
  readonly toText: string
  readonly zone: Zone
  readonly interval: Millis
  readonly preset: ExportRequest['preset']
  readonly format: ExportRequest['format']
  readonly bom: boolean
  readonly korean: boolean
  readonly emptySeconds: boolean
  readonly gzip: boolean
  readonly spreadsheet: boolean
}

export type DraftField = 'instruments' | 'from' | 'to'
export type DraftProblem = 'noMarkets' | 'noFeeds' | 'badTime' | 'badOrder'

export type CheckedDraft =
  | { readonly request: ExportRequest }
  | { readonly field: DraftField; readonly problem: DraftProblem }

const FEED_KEYS = new Set(EXPORT_KINDS.flatMap((kind) => exportedFeeds(kind) ?? []).map(({ key }) => key))

/** The same of another kind: of what is chosen, the feeds or markets that it has; where it is of feeds, else all of them. */
export function withKind(draft: ExportDraft, kind: ExportDraft['kind']): ExportDraft {
  const feeds = exportedFeeds(kind)?.map(({ key }) => key)
  const kept = draft.instruments.filter((key) => (feeds ? feeds.includes(key) : !FEED_KEYS.has(key)))
  return { ...draft, kind, instruments: kept.length === 0 && feeds ? feeds : kept }
}

/** The first draft of a page: one-second bars of the last hour. */
export function firstDraft(zone: Zone, korean: boolean, now: Millis): ExportDraft {
  return withRange(
    {
      kind: 'bars-1s',
      instruments: [],
      range: 'hour',
      fromText: '',
      toText: '',
      zone,
      interval: MINUTE,
      preset: 'tapedeck',
      format: 'csv',
      bom: true,
      korean,
      emptySeconds: true,
      gzip: false,
      spreadsheet: false,
    },
    'hour',
    now,
  )
}

/** A draft for what is asked: its markets, its range; otherwise the last ones, up to now. */
export function reopenDraft(
  draft: ExportDraft,
  intent: ExportIntent,
  focus: InstrumentKey | undefined,
  screen: VisibleRange | undefined,
  now: Millis,
): ExportDraft {
  const instruments = intent.instruments ?? (focus ? [focus] : draft.instruments)
  // Asked for anew without a word on what: not news or an index again, for the market in view is meant.
  const kind = intent.kind ?? (exportedFeeds(draft.kind) ? 'bars-1s' : draft.kind)
  const next = withKind({ ...draft, instruments }, kind)
  if (intent.from !== undefined && intent.to !== undefined)
    return withTimes({ ...next, range: 'custom' }, intent.from, intent.to)
  return next.range === 'custom'
    ? next
    : withRange(next, next.range === 'screen' && !screen ? 'hour' : next.range, now, screen)
}

function withTimes(draft: ExportDraft, from: Millis, to: Millis): ExportDraft {
  return { ...draft, fromText: formatDateTime(from, draft.zone), toText: formatDateTime(to, draft.zone) }
}

const LENGTHS: Readonly<Partial<Record<RangeId, Millis>>> = { hour: HOUR, week: 7 * DAY }

/** A range by name, ending with the second that is running. */
export function withRange(draft: ExportDraft, range: RangeId, now: Millis, screen?: VisibleRange): ExportDraft {
  const next = { ...draft, range }
  const to = Math.floor(now / SECOND) * SECOND
  const length = LENGTHS[range]
  if (length !== undefined) return withTimes(next, to - length, to)
  if (range === 'today')
    return withTimes(next, startOfDay(to, draft.zone), Math.max(to, startOfDay(to, draft.zone) + SECOND))
  if (range === 'screen' && screen)
    return withTimes(
      next,
      Math.floor(screen.from / SECOND) * SECOND,
      Math.min(Math.ceil(screen.to / SECOND) * SECOND, to),
    )
  return next
}

/** The same instants on another clock. */
export function withZone(draft: ExportDraft, zone: Zone): ExportDraft {
  const from = parseDateTime(draft.fromText, draft.zone)
  const to = parseDateTime(draft.toText, draft.zone)
  const next = { ...draft, zone }
  return {
    ...next,
    ...(from === undefined ? {} : { fromText: formatDateTime(from, zone) }),
    ...(to === undefined ? {} : { toText: formatDateTime(to, zone) }),
  }
}

/** The request that a draft means, or the first field that stands in its way. */
export function checkDraft(draft: ExportDraft): CheckedDraft {
  const from = parseDateTime(draft.fromText, draft.zone)
  const to = parseDateTime(draft.toText, draft.zone)
  if (draft.instruments.length === 0)
    return { field: 'instruments', problem: exportedFeeds(draft.kind) ? 'noFeeds' : 'noMarkets' }
  if (from === undefined) return { field: 'from', problem: 'badTime' }
  if (to === undefined) return { field: 'to', problem: 'badTime' }
  if (from >= to) return { field: 'to', problem: 'badOrder' }
  const csv = draft.format === 'csv'
  return {
    request: {
      kind: draft.kind,
      instruments: [...draft.instruments],
      from,
      to,
      ...(draft.kind === 'bars' ? { interval: draft.interval } : {}),
      format: draft.format,
      preset: isPresetOpen(draft) ? draft.preset : 'tapedeck',
      zone: draft.zone,
      language: draft.korean ? 'ko' : 'en',
      bom: csv && draft.bom,
      emptySeconds: draft.emptySeconds,
      spreadsheet: csv && draft.spreadsheet,
      gzip: csv && draft.gzip,
    },
  }
}

/** S0's five columns are one-second bars in a CSV. */
export function isPresetOpen(draft: ExportDraft): boolean {
  return draft.kind === 'bars-1s' && draft.format === 'csv'
}
