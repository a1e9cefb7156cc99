import { isUtf8 } from 'node:buffer'
import type { MessageRow } from '../../shared/kafka-view.ts'
import type { InRecord } from '../bus/bus.ts'

/** Bytes of a key, value or header that a page gets to see. */
const SHOWN = 10_000

/** A record as the browser shows it: text as text, other bytes as hex, both cut; the value's true length beside it. */
export function toMessageRow(record: InRecord): MessageRow {
  const { topic, partition, offset, timestamp, key, value, headers } = record
  const binary = value !== null && !isText(value)
  return {
    topic,
    partition,
    offset: String(offset),
    at: timestamp,
    key: key === null ? null : toText(key),
    value: value === null ? null : toText(value),
    valueBytes: value?.length ?? 0,
    binary,
    headers: Object.fromEntries(Object.entries(headers).map(([name, bytes]) => [name, toText(bytes)])),
  }
}

/** Text that a person can read: UTF-8 without control characters but tab and line ends. */
function isText(bytes: Uint8Array): boolean {
  if (!isUtf8(bytes)) return false
  for (const byte of bytes.subarray(0, SHOWN))
    if ((byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) || byte === 0x7f) return false
  return true
}

function toText(bytes: Uint8Array): string {
  if (!isText(bytes)) return Buffer.from(bytes.subarray(0, SHOWN / 2)).toString('hex')
  // A letter that the cut goes through is left out.
  return new TextDecoder('utf-8').decode(bytes.subarray(0, SHOWN), { stream: bytes.length > SHOWN })
}
