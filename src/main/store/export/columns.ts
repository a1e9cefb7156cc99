import type { ExportRequest } from '../../../shared/export-view.ts'
import type { Zone } from './zones.ts'

/**
 * What a column holds. 'instant': Unix milliseconds, written as local time, UTC and epoch. 'decimal', 'integer': numbers,
 * as stored. 'id', 'text': a venue's own text. 'word': one of ours, from a closed list.
 */
export type ColumnType = 'instant' | 'decimal' | 'integer' | 'id' | 'text' | 'word'

export interface Column {
  /** English header, and the column's name in SQLite. */
  readonly name: string
  readonly ko: string
  readonly type: ColumnType
  /** How it is read from the store's table. */
  readonly sql: string
}

/** A kind of row: its own instant, then its market, then the rest. */
export interface Layout {
  readonly at: Column
  readonly rest: readonly Column[]
  /** Instants carry milliseconds. */
  readonly fraction: boolean
}

const column = (name: string, ko: string, type: ColumnType, sql = name): Column => ({ name, ko, type, sql })

/** A closed gap's length as a canonical decimal. */
const SECONDS = `CASE WHEN until IS NOT NULL THEN
  rtrim(rtrim(printf('%d.%03d', (until - since) / 1000, (until - since) % 1000), '0'), '.') END`

const BAR: Layout = {
  fraction: false,
  at: column('time', '시각', 'instant', 'open_at'),
  rest: [
    column('open', '시가', 'decimal'),
    column('high', '고가', 'decimal'),
    column('low', '저가', 'decimal'),
    column('close', '종가', 'decimal'),
    column('vwap', 'VWAP', 'decimal'),
    column('avg_price', '평균가', 'decimal'),
    column('volume', '거래량', 'decimal'),
    column('quote_volume', '거래대금', 'decimal'),
    column('buy_volume', '매수량', 'decimal'),
    column('trades', '체결수', 'integer'),
    column('revision', '정정', 'integer'),
    column('state', '상태', 'word'),
  ],
}

export const LAYOUTS: Readonly<Record<ExportRequest['kind'], Layout>> = {
  trades: {
    fraction: true,
    at: column('time', '시각', 'instant', 'at'),
    rest: [
      column('id', '체결번호', 'id'),
      column('price', '체결가', 'decimal'),
      column('size', '수량', 'decimal'),
      column('side', '체결구분', 'word', `CASE side WHEN 1 THEN 'buy' WHEN -1 THEN 'sell' END`),
      column('origin', '출처', 'word'),
      column('received_ms', '수신_epoch_ms', 'integer', 'received_at'),
      column('venue_time', '거래소시각', 'text', 'at_text'),
    ],
  },
  'bars-1s': BAR,
  bars: BAR,
  tickers: {
    fraction: true,
    at: column('time', '시각', 'instant', 'at'),
    rest: [
      column('last', '현재가', 'decimal'),
      column('bid', '매수호가', 'decimal'),
      column('ask', '매도호가', 'decimal'),
      column('open_24h', '시가_24h', 'decimal'),
      column('high_24h', '고가_24h', 'decimal'),
      column('low_24h', '저가_24h', 'decimal'),
      column('volume_24h', '거래량_24h', 'decimal'),
      column('quote_volume_24h', '거래대금_24h', 'decimal'),
      column('change', '등락률', 'decimal'),
      column('origin', '출처', 'word'),
      column('received_ms', '수신_epoch_ms', 'integer', 'received_at'),
    ],
  },
  gaps: {
    fraction: true,
    at: column('since', '시작', 'instant'),
    rest: [
      column('until', '끝', 'instant'),
      column('seconds', '초', 'decimal', SECONDS),
      column('reason', '사유', 'word'),
      column('filled_by', '채움', 'word'),
    ],
  },
  items: {
    fraction: true,
    at: column('time', '시각', 'instant', 'published_at'),
    rest: [
      column('title', '제목', 'text'),
      column('source', '매체', 'text'),
      column('symbols', '관련종목', 'text', 'trim(symbols)'),
      column('url', '주소', 'text'),
      column('summary', '요약', 'text'),
      column('language', '언어', 'text'),
      column('id', '글번호', 'text'),
      column('received_ms', '수신_epoch_ms', 'integer', 'received_at'),
    ],
  },
  indices: {
    fraction: true,
    at: column('time', '시각', 'instant', 'at'),
    rest: [
      column('value', '값', 'decimal'),
      column('label', '등급', 'text'),
      column('received_ms', '수신_epoch_ms', 'integer', 'received_at'),
    ],
  },
}

/** S0's own header; its rows are made of a bar's `avg_price`, `volume` and `trades`. */
export const S0_HEADER = ['ticker', 'avg_price', 'total_volume', 'batch_size', 'timestamp'] as const

/** How one rendered column is called and typed. */
export interface Heading {
  readonly name: string
  readonly type: 'TEXT' | 'INTEGER'
}

/**
 * The columns as they stand in a file. An instant becomes three (two in UTC), with the zone in the name; the market two;
 * simulated data ends in a column DEMO, so that a row stays marked wherever it is pasted.
 */
export function toHeadings(layout: Layout, zone: Zone, language: 'ko' | 'en', demo: boolean): readonly Heading[] {
  const named = (name: string, ko: string): string => (language === 'ko' ? ko : name)
  const headings = (column: Column): readonly Heading[] => {
    if (column.type !== 'instant')
      return [{ name: named(column.name, column.ko), type: column.type === 'integer' ? 'INTEGER' : 'TEXT' }]
    const plain = column.name === 'time'
    return [
      ...(zone.name === 'UTC'
        ? []
        : [{ name: named(`${column.name}_${slug(zone.name)}`, `${column.ko}(${zone.name})`), type: 'TEXT' } as const]),
      { name: named(`${column.name}_utc`, `${column.ko}(UTC)`), type: 'TEXT' },
      { name: plain ? 'epoch_ms' : named(`${column.name}_ms`, `${column.ko}_epoch_ms`), type: 'INTEGER' },
    ]
  }
  return [
    ...headings(layout.at),
    { name: named('exchange', '거래소'), type: 'TEXT' },
    { name: named('market', '종목'), type: 'TEXT' },
    ...layout.rest.flatMap(headings),
    ...(demo ? [{ name: 'DEMO', type: 'TEXT' } as const] : []),
  ]
}

/** The word in column DEMO. */
export const SIMULATED = 'simulated'

function slug(zone: string): string {
  return zone.toLowerCase().replace(/[^a-z0-9]+/g, '_')
}
