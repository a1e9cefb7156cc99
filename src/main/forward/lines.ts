/** Records of a journal batch, cut out of its bytes: only the head of each is read, the rest goes on as it is. */

import type { InstrumentKey, Millis } from '../../shared/market.ts'
import type { StoredBatch } from '../journal/journal.ts'

/** One record of the journal. */
export interface Line {
  readonly offset: number
  readonly instrument: InstrumentKey
  readonly at: Millis
  readonly receivedAt: Millis
  /** When the journal committed it, where that is known. */
  readonly journaledAt: Millis | undefined
  /** The record as it stands, without its newline: a view of the batch, not a copy. */
  readonly value: Buffer
}

const NEWLINE = 10
const QUOTE = 34
const BACKSLASH = 92
const ZERO = 48
/** What encodeEvent puts before, between and behind the fields that are read. */
const HEAD = Buffer.from('{"instrument":"')
const AT = Buffer.from('","at":')
const RECEIVED = Buffer.from(',"receivedAt":')

/** The lines of a batch from an offset on, in order. */
export function cutLines(batch: StoredBatch, from: number): Line[] {
  const { buffer, byteOffset, byteLength } = batch.bytes
  const bytes = Buffer.from(buffer, byteOffset, byteLength)
  const lines: Line[] = []
  let offset = batch.base
  for (let start = 0; start < bytes.length; offset += 1) {
    const found = bytes.indexOf(NEWLINE, start)
    const end = found < 0 ? bytes.length : found
    if (offset >= from)
      lines.push(
        readHead(bytes, start, end, offset, batch.writtenAt) ?? parse(bytes, start, end, offset, batch.writtenAt),
      )
    start = end + 1
  }
  return lines
}

/** Undefined where the head is not in its usual form: a key with an escape, a time finer than a millisecond. */
function readHead(
  bytes: Buffer,
  start: number,
  end: number,
  offset: number,
  journaledAt: Millis | undefined,
): Line | undefined {
  const keyStart = start + HEAD.length
  if (!matches(bytes, start, HEAD)) return undefined
  let keyEnd = keyStart
  while (keyEnd < end && bytes[keyEnd] !== QUOTE) {
    if (bytes[keyEnd] === BACKSLASH) return undefined
    keyEnd += 1
  }
  if (!matches(bytes, keyEnd, AT)) return undefined
  const atEnd = endOfDigits(bytes, keyEnd + AT.length)
  if (!matches(bytes, atEnd, RECEIVED)) return undefined
  const receivedEnd = endOfDigits(bytes, atEnd + RECEIVED.length)
  return {
    offset,
    instrument: bytes.toString('utf8', keyStart, keyEnd) as InstrumentKey,
    at: digits(bytes, keyEnd + AT.length, atEnd),
    receivedAt: digits(bytes, atEnd + RECEIVED.length, receivedEnd),
    journaledAt,
    value: bytes.subarray(start, end),
  }
}

function parse(bytes: Buffer, start: number, end: number, offset: number, journaledAt: Millis | undefined): Line {
  const value = bytes.subarray(start, end)
  const { instrument, at, receivedAt } = JSON.parse(value.toString()) as Pick<Line, 'instrument' | 'at' | 'receivedAt'>
  return { offset, instrument, at, receivedAt, journaledAt, value }
}

function matches(bytes: Buffer, at: number, expected: Buffer): boolean {
  for (let index = 0; index < expected.length; index += 1) if (bytes[at + index] !== expected[index]) return false
  return true
}

function endOfDigits(bytes: Buffer, at: number): number {
  let end = at
  while (bytes[end]! >= ZERO && bytes[end]! <= ZERO + 9) end += 1
  return end
}

function digits(bytes: Buffer, from: number, to: number): number {
  let value = 0
  for (let at = from; at < to; at += 1) value = value * 10 + bytes[at]! - ZERO
  return value
}
