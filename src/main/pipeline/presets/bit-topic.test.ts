import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Bar } from '../../../shared/market.ts'
import { HOUR, SECOND } from '../../../shared/market.ts'
import { BIT_TOPIC_CSV_HEADER, BIT_TOPIC_FIELDS, encodeBitTopic, encodeBitTopicCsv } from './bit-topic.ts'

const bar: Bar = {
  kind: 'bar',
  interval: SECOND,
  openAt: Date.UTC(2025, 0, 14, 8, 14, 36),
  revision: 0,
  state: 'traded',
  open: '95568.29',
  high: '95568.3',
  low: '95568.29',
  close: '95568.3',
  vwap: '95568.291234567891',
  avgPrice: '95568.293333333333',
  priceSum: '286704.88',
  volume: '0.07399',
  quoteVolume: '7071.097878',
  buyVolume: '0.05',
  trades: 3,
}

test('A-31 a record has exactly the five fields, in order, with exact JSON numbers', () => {
  expect(encodeBitTopic(bar, { ticker: 'BTC-USD' })).toBe(
    '{"ticker": "BTC-USD", "avg_price": 95568.293333333333, "total_volume": 0.07399, "batch_size": 3, "timestamp": "2025-01-14T08:14:36.000000"}',
  )
})

test('A-31 the timestamp names no zone, and which one it is in is a setting', () => {
  expect(JSON.parse(encodeBitTopic(bar, { ticker: 'BTC-USD', zoneOffset: 9 * HOUR })!)).toMatchObject({
    timestamp: '2025-01-14T17:14:36.000000',
  })
})

test('A-20 a second without trades makes no record: its average would be invented', () => {
  const quiet: Bar = { kind: 'bar', interval: SECOND, openAt: bar.openAt, revision: 0, state: 'quiet' }
  expect([encodeBitTopic(quiet, { ticker: 'BTC-USD' }), encodeBitTopicCsv(quiet, { ticker: 'BTC-USD' })]).toEqual([
    undefined,
    undefined,
  ])
})

test('A-31 the CSV has the same five columns', () => {
  expect(BIT_TOPIC_CSV_HEADER).toBe('ticker,avg_price,total_volume,batch_size,timestamp\n')
  expect(encodeBitTopicCsv(bar, { ticker: 'BTC-USD' })).toBe(
    'BTC-USD,95568.293333333333,0.07399,3,2025-01-14T08:14:36.000000\n',
  )
  expect(encodeBitTopicCsv(bar, { ticker: 'a,"b"' })).toMatch(/^"a,""b""",/)
})

/** A line with its figures replaced by what they are. */
function shapeOf(line: string): string {
  return line
    .replaceAll(/"\d{4}-[^"]*"/g, (text) => text.replaceAll(/\d/g, '9'))
    .replaceAll(
      /(: )-?\d+(\.\d+)?/g,
      (_, colon: string, part?: string) => `${colon}${part === undefined ? 'integer' : 'number'}`,
    )
}

test('A-31 a record has the shape of the recorded sample', () => {
  const sample = new URL('../../../../../shared/spec/s0-sample.jsonl', import.meta.url)
  if (!existsSync(sample)) {
    console.log('The recorded sample is not here: only the shape written down in this test is checked.')
    expect(BIT_TOPIC_FIELDS).toEqual(['ticker', 'avg_price', 'total_volume', 'batch_size', 'timestamp'])
    return
  }
  const lines = readFileSync(sample, 'utf8').trimEnd().split('\n')
  const ours = shapeOf(encodeBitTopic(bar, { ticker: 'BTC-USD' })!)
  expect(lines.map(shapeOf)).toEqual(lines.map(() => ours))
})
