/**
 * The preset for consumers of `bit_topic`: one JSON object a second with exactly five fields, in this order, and the CSV of
 * the same five columns.
 *
 * Numbers are JSON numbers. `avg_price` is the plain mean of the trade prices and is not cut to cents: it has up to 12
 * fractional digits (half-even), `total_volume` is exact. `timestamp` is the beginning of the second with microseconds
 * and no zone; which zone it is in is a setting.
 */

import type { Bar, Decimal, Millis } from '../../../shared/market.ts'

export const BIT_TOPIC = 'bit_topic'

export const BIT_TOPIC_FIELDS = ['ticker', 'avg_price', 'total_volume', 'batch_size', 'timestamp'] as const

export interface BitTopicOptions {
  /** The consumer's own name for the market: 'BTC-USD'. */
  readonly ticker: string
  /** How far the timestamps' zone is ahead of UTC. Absent: 0. */
  readonly zoneOffset?: Millis
}

/** The record of a 1 s bar; undefined where nothing was traded, as such a second has no average. */
export function encodeBitTopic(bar: Bar, options: BitTopicOptions): string | undefined {
  const values = toValues(bar, options)
  if (values === undefined) return undefined
  const [ticker, average, volume, trades, timestamp] = values
  return (
    `{"ticker": ${JSON.stringify(ticker)}, "avg_price": ${average}, "total_volume": ${volume}, ` +
    `"batch_size": ${trades}, "timestamp": "${timestamp}"}`
  )
}

export const BIT_TOPIC_CSV_HEADER = `${BIT_TOPIC_FIELDS.join(',')}\n`

/** The CSV line of a 1 s bar with its line end; undefined where nothing was traded. */
export function encodeBitTopicCsv(bar: Bar, options: BitTopicOptions): string | undefined {
  const values = toValues(bar, options)
  if (values === undefined) return undefined
  const [ticker, ...rest] = values
  return `${[toCell(ticker), ...rest].join(',')}\n`
}

type Values = readonly [ticker: string, average: Decimal, volume: Decimal, trades: number, timestamp: string]

function toValues(bar: Bar, options: BitTopicOptions): Values | undefined {
  const { avgPrice, volume, trades } = bar
  if (avgPrice === undefined || volume === undefined || trades === undefined) return undefined
  const local = new Date(bar.openAt + (options.zoneOffset ?? 0)).toISOString()
  return [options.ticker, avgPrice, volume, trades, `${local.slice(0, -1)}000`]
}

function toCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
