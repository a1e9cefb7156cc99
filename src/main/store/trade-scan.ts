/**
 * Reads trades out of a record batch without parsing it as JSON: our own writer puts the keys in one known order
 * (shared/wire.ts), so the values lie between known words. Whatever looks different is left to the exact reader.
 */

import { isAscii } from 'node:buffer'
import { decodeBatch } from '../../shared/wire.ts'
import type { MarketEvent } from '../../shared/market.ts'

/** Where the values of records go. `trade` is called with bare values: one object per record would cost more than reading it. */
export interface RecordSink {
  trade(
    instrument: string,
    at: number,
    atText: string | null,
    receivedAt: number,
    origin: string,
    id: string,
    price: string,
    size: string,
    side: 1 | -1 | null,
  ): void
  /** Everything that is no trade, and trades in an unexpected shape. */
  other(event: MarketEvent): void
}

const INSTRUMENT = '{"instrument":"'
const AT = '","at":'
const AT_TEXT = ',"atText":"'
const RECEIVED = ',"receivedAt":'
const RECEIVED_AFTER_TEXT = '","receivedAt":'
const ORIGIN = ',"origin":"'
const TRADE = '","data":{"kind":"trade","id":"'
const PRICE = '","price":"'
const SIZE = '","size":"'
const BUY = '","side":"buy"}}'
const SELL = '","side":"sell"}}'
const NO_SIDE = '"}}'

/** Hands every record of a batch, in order, to `sink`; the first `skip` are left out. */
export function scanBatch(bytes: Uint8Array, skip: number, sink: RecordSink): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  // An escape anywhere, or a letter of more than one byte: values would not be what lies between the quotes.
  if (!isAscii(buffer) || buffer.includes(0x5c)) return scanExactly(bytes, skip, sink)
  const text = buffer.toString('latin1')
  const end = text.length
  let start = 0
  for (let index = 0; start < end; index += 1) {
    let stop = text.indexOf('\n', start)
    if (stop < 0) stop = end
    if (index >= skip && !scanTrade(text, start, stop, sink)) {
      sink.other(JSON.parse(text.slice(start, stop)) as MarketEvent)
    }
    start = stop + 1
  }
}

function scanExactly(bytes: Uint8Array, skip: number, sink: RecordSink): void {
  for (const event of decodeBatch(bytes).slice(skip)) sink.other(event)
}

/** One line. False, and nothing handed on, where it is no trade in our own layout. */
function scanTrade(text: string, start: number, stop: number, sink: RecordSink): boolean {
  if (!text.startsWith(INSTRUMENT, start)) return false
  const key = start + INSTRUMENT.length
  const keyEnd = text.indexOf('"', key)
  if (!text.startsWith(AT, keyEnd)) return false
  const at = keyEnd + AT.length
  let atEnd = digitsEnd(text, at)
  const atValue = wholeNumber(text, at, atEnd)
  let atText: string | null = null
  let received: number
  if (text.startsWith(RECEIVED, atEnd)) received = atEnd + RECEIVED.length
  else {
    if (!text.startsWith(AT_TEXT, atEnd)) return false
    const from = atEnd + AT_TEXT.length
    atEnd = text.indexOf('"', from)
    if (!text.startsWith(RECEIVED_AFTER_TEXT, atEnd)) return false
    atText = text.slice(from, atEnd)
    received = atEnd + RECEIVED_AFTER_TEXT.length
  }
  const receivedEnd = digitsEnd(text, received)
  if (!text.startsWith(ORIGIN, receivedEnd)) return false
  const origin = receivedEnd + ORIGIN.length
  const originEnd = text.indexOf('"', origin)
  if (!text.startsWith(TRADE, originEnd)) return false
  const id = originEnd + TRADE.length
  const idEnd = text.indexOf('"', id)
  if (!text.startsWith(PRICE, idEnd)) return false
  const price = idEnd + PRICE.length
  const priceEnd = text.indexOf('"', price)
  if (!text.startsWith(SIZE, priceEnd)) return false
  const size = priceEnd + SIZE.length
  const sizeEnd = text.indexOf('"', size)
  let side: 1 | -1 | null
  if (sizeEnd + BUY.length === stop && text.startsWith(BUY, sizeEnd)) side = 1
  else if (sizeEnd + SELL.length === stop && text.startsWith(SELL, sizeEnd)) side = -1
  else if (sizeEnd + NO_SIDE.length === stop && text.startsWith(NO_SIDE, sizeEnd)) side = null
  else return false
  sink.trade(
    text.slice(key, keyEnd),
    atValue,
    atText,
    wholeNumber(text, received, receivedEnd),
    text.slice(origin, originEnd),
    text.slice(id, idEnd),
    text.slice(price, priceEnd),
    text.slice(size, sizeEnd),
    side,
  )
  return true
}

function digitsEnd(text: string, from: number): number {
  let end = from
  for (let code = text.charCodeAt(end); code >= 48 && code <= 57; code = text.charCodeAt(end)) end += 1
  return end
}

function wholeNumber(text: string, from: number, to: number): number {
  let value = 0
  for (let at = from; at < to; at += 1) value = value * 10 + text.charCodeAt(at) - 48
  return value
}
