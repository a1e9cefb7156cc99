/** Records of the fake engine's topics: each offset has one record, always the same. */

import type { MessageRow } from '../src/shared/kafka-view.ts'
import type { Millis } from '../src/shared/market.ts'

const MARKETS = ['upbit:BTC/KRW', 'binance:BTC/USDT', 'upbit:ETH/KRW', 'okx:XRP/USDT', 'bithumb:SOL/KRW'] as const

/** What a topic holds at one offset. Every 97th has no value, every 131st is not text. */
export function recordAt(topic: string, partition: number, offset: number, at: Millis): MessageRow {
  const market = MARKETS[(offset * 7 + partition) % MARKETS.length]!
  const price = (68_000 + ((offset * 131) % 9_000) / 10).toFixed(1)
  const value = JSON.stringify({
    at,
    market,
    data: {
      kind: 'trade',
      id: String(offset),
      price,
      size: ((offset % 37) / 100 + 0.01).toFixed(4),
      side: offset % 2 ? 'buy' : 'sell',
    },
    collector: 'fake-live',
  })
  const row = {
    topic,
    partition,
    offset: String(offset),
    at,
    key: market,
    headers: { schema: 'tapedeck.trades.v1', 'hop.socket': String(at + 12), 'hop.sent': String(at + 31) },
  }
  if (offset % 97 === 0) return { ...row, value: null, valueBytes: 0, binary: false }
  if (offset % 131 === 0)
    return {
      ...row,
      value: Array.from({ length: 96 }, (_, index) =>
        ((offset * 31 + index * 17) % 256).toString(16).padStart(2, '0'),
      ).join(''),
      valueBytes: 5_242_880,
      binary: true,
    }
  return { ...row, value, valueBytes: value.length, binary: false }
}

/** What the page asks of a record, as the engine reads it: text anywhere, a key, a path with an operator. */
export function matches(
  row: MessageRow,
  query: { key?: string | undefined; text?: string | undefined; path?: string | undefined },
): boolean {
  if (query.key !== undefined && row.key !== query.key) return false
  if (query.text !== undefined && !row.value?.toLowerCase().includes(query.text.toLowerCase())) return false
  const path = /^([\w.]+)\s*(=|!=|<|>|~)\s*"?(.*?)"?$/.exec(query.path ?? '')
  if (!path) return true
  if (row.value === null || row.binary) return false
  const found = path[1]!
    .split('.')
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], JSON.parse(row.value))
  const wanted = path[3]!
  if (path[2] === '<') return Number(found) < Number(wanted)
  if (path[2] === '>') return Number(found) > Number(wanted)
  if (path[2] === '~') return String(found).includes(wanted)
  return (String(found) === wanted) === (path[2] === '=')
}
