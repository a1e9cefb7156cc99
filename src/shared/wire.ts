/**
 * Events as bytes: one JSON object per record, the same in the journal and in Kafka. A record is the MarketEvent itself,
 * its keys in this order: instrument, at, atText?, receivedAt, origin, data. docs/topics/ holds the JSON Schemas.
 */

import { isDecimal } from './decimal.ts'
import type { InstrumentKey, MarketData, MarketEvent, Millis, Origin, Trade } from './market.ts'
import { BAR_STATES, BOOK_BREAKS, GAP_REASONS, ORIGINS } from './market.ts'

/** A record that is not what its topic holds. */
export class WireError extends Error {
  constructor(message: string) {
    super(message)
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

const KINDS: readonly MarketData['kind'][] = ['trade', 'ticker', 'book', 'bar', 'gap', 'clock']

/** One record from anywhere (Kafka, a file): checked, with an error that names the field. */
export function decodeEvent(text: string): MarketEvent {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new WireError('The record is not JSON.')
  }
  const event = object(value, 'record')
  const instrument = string(event, 'instrument')
  if (!/^[a-z0-9]+:\S+$/.test(instrument)) throw new WireError(`"instrument" is not a market key: ${instrument}`)
  const data = object(event['data'], 'data')
  const kind = string(data, 'kind') as MarketData['kind']
  if (!KINDS.includes(kind)) throw new WireError(`"data.kind" is unknown: ${kind}`)
  checkData(kind, data)
  const atText = event['atText']
  if (atText !== undefined && typeof atText !== 'string') throw new WireError('"atText" must be text.')
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
      break
    case 'book':
      if (typeof data['snapshot'] !== 'boolean') throw new WireError('"data.snapshot" must be true or false.')
      for (const side of ['bids', 'asks']) {
        const levels = data[side]
        if (!Array.isArray(levels)) throw new WireError(`"data.${side}" must be a list of levels.`)
        for (const level of levels as unknown[])
          if (
            !Array.isArray(level) ||
            level.length !== 2 ||
            !level.every((part) => typeof part === 'string' && isDecimal(part))
          )
            throw new WireError(`"data.${side}" holds a level that is not [price, size].`)
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
        throw new WireError('"trades" must be at least 1.')
      break
    case 'gap':
      checkGap(data)
      break
    case 'clock':
      for (const [venue, at] of Object.entries(object(data['watermarks'], 'data.watermarks')))
        if (!Number.isSafeInteger(at)) throw new WireError(`"data.watermarks.${venue}" must be whole milliseconds.`)
      if (data['watched'] === undefined) break
      for (const [market, gaps] of Object.entries(object(data['watched'], 'data.watched'))) {
        if (!Array.isArray(gaps)) throw new WireError(`"data.watched.${market}" must be a list of gaps.`)
        for (const gap of gaps as unknown[]) checkGap(object(gap, 'gap'))
      }
      break
  }
}

function checkGap(gap: Fields): void {
  millis(gap, 'since')
  if (gap['until'] !== undefined) millis(gap, 'until')
  oneOf(gap, 'reason', GAP_REASONS)
  if (gap['filledBy'] !== undefined) oneOf(gap, 'filledBy', ['backfill'])
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
      throw new WireError(`"data.sequence.${field}" is missing or not text.`)
  }
}

function object(value: unknown, name: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new WireError(`The ${name} is not an object.`)
  return value as Fields
}
function string(fields: Fields, name: string): string {
  const value = fields[name]
  if (typeof value !== 'string' || value === '') throw new WireError(`"${name}" is missing or not text.`)
  return value
}
function decimal(fields: Fields, name: string): void {
  const value = fields[name]
  if (typeof value !== 'string' || !isDecimal(value)) throw new WireError(`"data.${name}" is not a canonical decimal.`)
}
function millis(fields: Fields, name: string): Millis {
  const value = fields[name]
  if (!Number.isSafeInteger(value) || (value as number) < 0)
    throw new WireError(`"${name}" must be a whole number, 0 or more.`)
  return value as Millis
}
function oneOf(fields: Fields, name: string, members: readonly string[]): string {
  const value = fields[name]
  if (typeof value !== 'string' || !members.includes(value))
    throw new WireError(`"${name}" must be one of ${members.join(', ')}.`)
  return value
}
