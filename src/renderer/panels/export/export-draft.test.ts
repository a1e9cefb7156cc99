import { describe, expect, it } from 'vitest'
import { EXPORT_KINDS, exportRequestSchema } from '../../../shared/export-view.ts'
import type { InstrumentKey } from '../../../shared/market.ts'
import type { ExportDraft } from './export-draft.ts'
import { checkDraft, firstDraft, isPresetOpen, reopenDraft, withKind, withRange, withZone } from './export-draft.ts'

const NOW = Date.UTC(2026, 10, 23, 5, 32, 8, 640)
const BTC: InstrumentKey = 'upbit:BTC/KRW'
const ETH: InstrumentKey = 'upbit:ETH/KRW'
const draft: ExportDraft = { ...firstDraft('KST', false, NOW), instruments: [BTC] }
const requestOf = (from: ExportDraft) => {
  const checked = checkDraft(from)
  return 'request' in checked ? checked.request : checked
}

const texts = ({ range, fromText, toText }: ExportDraft) => [range, fromText, toText]

describe('what a draft means', () => {
  it('A-45 one-second bars of the last hour, as the engine takes them', () => {
    const request = requestOf(draft)
    expect(exportRequestSchema.parse(request)).toEqual({
      kind: 'bars-1s',
      instruments: [BTC],
      from: Date.UTC(2026, 10, 23, 4, 32, 8),
      to: Date.UTC(2026, 10, 23, 5, 32, 8),
      format: 'csv',
      preset: 'tapedeck',
      zone: 'KST',
      language: 'en',
      bom: true,
      emptySeconds: true,
      spreadsheet: false,
      gzip: false,
    })
  })
  it('every kind with every choice is a request that the engine takes', () => {
    for (const kind of EXPORT_KINDS)
      for (const format of ['csv', 'sqlite'] as const)
        for (const preset of ['tapedeck', 's0'] as const) {
          const chosen = { ...draft, format, preset, korean: true, gzip: true, spreadsheet: true }
          const full = withKind(chosen, kind)
          expect(exportRequestSchema.safeParse(requestOf(full)).success).toBe(true)
        }
  })
  it('A-45 the five columns are open to one-second bars in a CSV alone', () => {
    expect(
      [draft, { ...draft, kind: 'trades' as const }, { ...draft, format: 'sqlite' as const }].map(isPresetOpen),
    ).toEqual([true, false, false])
  })
  it('the first field that stands in the way is named', () => {
    expect([
      requestOf({ ...draft, instruments: [] }),
      requestOf({ ...draft, kind: 'indices', instruments: [] }),
      requestOf({ ...draft, fromText: 'yesterday' }),
      requestOf({ ...draft, toText: '2026-11-23' }),
      requestOf({ ...draft, fromText: draft.toText }),
    ]).toEqual([
      { field: 'instruments', problem: 'noMarkets' },
      { field: 'instruments', problem: 'noFeeds' },
      { field: 'from', problem: 'badTime' },
      { field: 'to', problem: 'badTime' },
      { field: 'to', problem: 'badOrder' },
    ])
  })
})

describe('another kind', () => {
  it('keeps the markets among kinds of markets, and takes every feed of one that is of feeds', () => {
    const indices = withKind(draft, 'indices')
    const news = withKind(indices, 'items')
    expect([withKind(draft, 'gaps').instruments, indices.instruments, withKind(indices, 'trades').instruments]).toEqual(
      [[BTC], ['index:cnn_fear_greed', 'index:alternative_me'], []],
    )
    expect(news.instruments.map((key) => key.split(':')[0])).toEqual(news.instruments.map(() => 'news'))
    expect(withKind({ ...draft, instruments: ['news:coinness'] }, 'items').instruments).toEqual(['news:coinness'])
  })
  it('is not of feeds when asked for anew without a word on what', () => {
    expect(
      ['items' as const, 'indices' as const].map((kind) => reopenDraft(withKind(draft, kind), {}, ETH, undefined, NOW)),
    ).toMatchObject([
      { kind: 'bars-1s', instruments: [ETH] },
      { kind: 'bars-1s', instruments: [ETH] },
    ])
  })
})

describe('ranges', () => {
  it('go by name, on the clock of the zone', () => {
    expect(texts(withRange(draft, 'today', NOW))).toEqual(['today', '2026-11-23 00:00:00', '2026-11-23 14:32:08'])
    expect(texts(withRange(draft, 'week', NOW))).toEqual(['week', '2026-11-16 14:32:08', '2026-11-23 14:32:08'])
    expect(texts(withRange(draft, 'custom', NOW))).toEqual(['custom', draft.fromText, draft.toText])
  })
  it('the screen’s is cut to whole seconds and ends now at the latest', () => {
    expect(texts(withRange(draft, 'screen', NOW, { from: NOW - 90_500, to: NOW + 60_000 }))).toEqual([
      'screen',
      '2026-11-23 14:30:38',
      '2026-11-23 14:32:08',
    ])
  })
  it('A-69 another zone shows the same instants', () => {
    const utc = withZone(draft, 'UTC')
    expect(texts(utc)).toEqual(['hour', '2026-11-23 04:32:08', '2026-11-23 05:32:08'])
    expect(requestOf(utc)).toEqual({ ...requestOf(draft), zone: 'UTC' })
  })
})

describe('opening again', () => {
  it('takes the market in focus and moves a named range up to now', () => {
    const later = reopenDraft(draft, {}, ETH, undefined, NOW + 60_000)
    expect([later.instruments, later.toText]).toEqual([[ETH], '2026-11-23 14:33:08'])
  })
  it('an intent overrules both', () => {
    const asked = reopenDraft(draft, { instruments: [BTC, ETH], from: 0, to: 1_000 }, ETH, undefined, NOW)
    expect([asked.instruments, asked.range, asked.fromText, asked.toText]).toEqual([
      [BTC, ETH],
      'custom',
      '1970-01-01 09:00:00',
      '1970-01-01 09:00:01',
    ])
  })
  it('a range that was typed stays', () => {
    const typed: ExportDraft = { ...draft, range: 'custom', fromText: '2026-11-01 00:00:00' }
    expect(reopenDraft(typed, {}, BTC, undefined, NOW + 60_000)).toEqual(typed)
  })
  it('without a chart on screen its range falls back to the last hour', () => {
    expect(reopenDraft({ ...draft, range: 'screen' }, {}, BTC, undefined, NOW).range).toBe('hour')
  })
})
