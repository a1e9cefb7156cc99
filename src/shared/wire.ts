/**
 * Events as bytes: one JSON object per record, the same in the journal and in Kafka. A record is the MarketEvent itself,
 * its keys in this order: instrument, at, atText?, receivedAt, origin, data. docs/topics/ holds the JSON Schemas.
 */

import { isDecimal } from './decimal.ts'
import type { InstrumentKey, MarketData, MarketEvent, Millis, Origin, Trade } from './market.ts'
import { ITEM_FEEDS } from './items.ts'
import { BAR_STATES, BOOK_BREAKS, GAP_REASONS, ORIGINS, PHASES } from './market.ts'
import type { RecordReason, RecordReasonCode } from './record-reasons.ts'
import { recordReasonText } from './record-reasons.ts'

/** A record that is not what its topic holds. Its message is the reason in English. */
export class WireError extends Error {
  constructor(code: RecordReasonCode, values: RecordReason['values'] = {}) {
    super(recordReasonText({ code, values }))
    this.name = 'WireError'
  }
}

const PLAIN = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/

function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text)
}

/** One event as one line of JSON, without the newline. */
export function encodeEvent(event: MarketEvent): string {
  const data = event.data
  const head = `{"instrument":${quoted(event.instrument)},"at":${event.at}${
    event.atText === undefined ? '' : `,"atText":${quoted(event.atText)}`
  },"receivedAt":${event.receivedAt},"origin":"${event.origin}","data":`
  if (data.kind === 'trade') return `${head}${encodeTrade(data)}}`
  return `${head}${JSON.stringify(data)}}`
}

function encodeTrade(trade: Trade): string {
  const side = trade.side === undefined ? '' : `,"side":"${trade.side}"`
  return `{"kind":"trade","id":${quoted(trade.id)},"price":"${trade.price}","size":"${trade.size}"${side}}`
}

/** Events as the bytes of a record batch: one line each. */
export function encodeBatch(events: readonly MarketEvent[]): Uint8Array<ArrayBuffer> {
  let text = ''
  for (const event of events) text += `${encodeEvent(event)}\n`
  return new TextEncoder().encode(text)
}

const decoder = new TextDecoder()

/** The events of a record batch of our own making. */
export function decodeBatch(bytes: Uint8Array): MarketEvent[] {
  const text = decoder.decode(bytes)
  const end = text.endsWith('\n') ? text.length - 1 : text.length
  if (end <= 0) return []
  return JSON.parse(`[${text.slice(0, end).replaceAll('\n', ',')}]`) as MarketEvent[]
}

const KINDS: readonly MarketData['kind'][] = ['trade', 'ticker', 'book', 'bar', 'gap', 'clock', 'item', 'index']

/** One record from anywhere (Kafka, a file): checked, with an error that names the field. */
export function decodeEvent(text: string): MarketEvent {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new WireError('not-json')
  }
  const event = object(value)
  const instrument = string(event, 'instrument')
  if (!/^[a-z0-9]+:\S+$/.test(instrument)) throw new WireError('not-market', { field: 'instrument', value: instrument })
  const data = object(event['data'], 'data')
  const kind = string(data, 'kind') as MarketData['kind']
  if (!KINDS.includes(kind)) throw new WireError('unknown-kind', { field: 'data.kind', value: kind })
  checkData(kind, data)
  const atText = event['atText']
  if (atText !== undefined && typeof atText !== 'string') throw new WireError('not-text', { field: 'atText' })
  return {
    instrument: instrument as InstrumentKey,
    at: millis(event, 'at'),
    ...(atText === undefined ? {} : { atText }),
    receivedAt: millis(event, 'receivedAt'),
    origin: oneOf(event, 'origin', ORIGINS) as Origin,
    data: data as unknown as MarketData,
  }
}

type Fields = Record<string, unknown>

function checkData(kind: MarketData['kind'], data: Fields): void {
  switch (kind) {
    case 'trade':
      string(data, 'id')
      decimal(data, 'price')
      decimal(data, 'size')
      if (data['side'] !== undefined) oneOf(data, 'side', ['buy', 'sell'])
      break
    case 'ticker':
      decimal(data, 'last')
      for (const field of ['bid', 'ask', 'open24h', 'high24h', 'low24h', 'volume24h', 'quoteVolume24h', 'change'])
        if (data[field] !== undefined) decimal(data, field)
      if (data['delay'] !== undefined) millis(data, 'delay')
      if (data['phase'] !== undefined) oneOf(data, 'phase', PHASES)
      if (data['source'] !== undefined) string(data, 'source')
      break
    case 'book':
      if (typeof data['snapshot'] !== 'boolean') throw new WireError('not-boolean', { field: 'data.snapshot' })
      for (const side of ['bids', 'asks']) {
        const levels = data[side]
        if (!Array.isArray(levels) || !levels.every(isLevel))
          throw new WireError('not-levels', { field: `data.${side}` })
      }
      if (data['sequence'] !== undefined) checkSequence(object(data['sequence'], 'data.sequence'))
      if (data['stale'] !== undefined) checkStale(object(data['stale'], 'data.stale'))
      break
    case 'bar':
      millis(data, 'interval')
      millis(data, 'openAt')
      millis(data, 'revision')
      oneOf(data, 'state', BAR_STATES)
      for (const field of [
        'open',
        'high',
        'low',
        'close',
        'vwap',
        'avgPrice',
        'priceSum',
        'volume',
        'quoteVolume',
        'buyVolume',
      ])
        if (data[field] !== undefined) decimal(data, field)
      if (data['trades'] !== undefined && millis(data, 'trades') < 1)
        throw new WireError('not-positive', { field: 'trades' })
      break
    case 'gap':
      checkGap(data)
      break
    case 'clock':
      for (const [venue, at] of Object.entries(object(data['watermarks'], 'data.watermarks')))
        if (!Number.isSafeInteger(at)) throw new WireError('not-millis', { field: `data.watermarks.${venue}` })
      if (data['watched'] === undefined) break
      for (const [market, gaps] of Object.entries(object(data['watched'], 'data.watched'))) {
        if (!Array.isArray(gaps)) throw new WireError('not-gaps', { field: `data.watched.${market}` })
        for (const gap of gaps as unknown[]) checkGap(object(gap, 'gap'))
      }
      break
    case 'item':
      checkItem(data)
      break
    case 'index':
      oneOf(data, 'feed', ITEM_FEEDS)
      decimal(data, 'value')
      string(data, 'label')
      break
  }
}

function checkGap(gap: Fields): void {
  millis(gap, 'since')
  if (gap['until'] !== undefined) millis(gap, 'until')
  oneOf(gap, 'reason', GAP_REASONS)
  if (gap['filledBy'] !== undefined) oneOf(gap, 'filledBy', ['backfill'])
}

function checkItem(item: Fields): void {
  oneOf(item, 'feed', ITEM_FEEDS)
  for (const field of ['id', 'title', 'language']) string(item, field)
  for (const field of ['summary', 'source']) if (item[field] !== undefined) string(item, field)
  if (item['url'] !== undefined && !/^https?:\/\/\S+$/.test(string(item, 'url')))
    throw new WireError('not-address', { field: 'data.url' })
  millis(item, 'publishedAt')
  const symbols = item['symbols']
  if (!Array.isArray(symbols) || !symbols.every((each) => typeof each === 'string' && each !== ''))
    throw new WireError('not-texts', { field: 'data.symbols' })
}

function checkStale(stale: Fields): void {
  oneOf(stale, 'reason', BOOK_BREAKS)
  millis(stale, 'since')
  if (stale['resyncAt'] !== undefined) millis(stale, 'resyncAt')
}

function checkSequence(sequence: Fields): void {
  for (const field of ['first', 'last', 'previous']) {
    const value = sequence[field]
    if (typeof value !== 'string' && (value !== undefined || field === 'last'))
      throw new WireError('not-text', { field: `data.sequence.${field}` })
  }
}

function isLevel(level: unknown): boolean {
  return (
    Array.isArray(level) && level.length === 2 && level.every((part) => typeof part === 'string' && isDecimal(part))
  )
}

function object(value: unknown, field?: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw field === undefined ? new WireError('not-record') : new WireError('not-object', { field })
  return value as Fields
}
function string(fields: Fields, name: string): string {
  const value = fields[name]
  if (typeof value !== 'string' || value === '') throw new WireError('not-text', { field: name })
  return value
}
function decimal(fields: Fields, name: string): void {
  const value = fields[name]
  if (typeof value !== 'string' || !isDecimal(value)) throw new WireError('not-decimal', { field: `data.${name}` })
}
function millis(fields: Fields, name: string): Millis {
  const value = fields[name]
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw new WireError('not-whole', { field: name })
  return value as Millis
}
function oneOf(fields: Fields, name: string, members: readonly string[]): string {
  const value = fields[name]
  if (typeof value !== 'string' || !members.includes(value))
    throw new WireError('not-one-of', { field: name, value: members.join(', ') })
  return value
}
