import type { z } from 'zod'
import type { messageQuerySchema } from '../../shared/kafka-contract.ts'
import type { InRecord } from '../bus/bus.ts'
import { createPathFilter } from './path-filter.ts'

export type MessageQuery = z.output<typeof messageQuerySchema>

/** Whether a record is wanted: by its key, a text anywhere in its value, and a value at a path. Bytes are searched as they are. */
export function createRecordFilter(query: Pick<MessageQuery, 'key' | 'text' | 'path'>): (record: InRecord) => boolean {
  const key = query.key === undefined || query.key === '' ? undefined : Buffer.from(query.key)
  const text = query.text === undefined || query.text === '' ? undefined : Buffer.from(query.text)
  const path = query.path === undefined || query.path.trim() === '' ? undefined : createPathFilter(query.path)
  return (record) => {
    if (key && (record.key === null || !toBuffer(record.key).includes(key))) return false
    if (!text && !path) return true
    if (record.value === null) return false
    const value = toBuffer(record.value)
    if (text && !value.includes(text)) return false
    return path === undefined || testsJson(value, path)
  }
}

function testsJson(value: Buffer, test: (value: unknown) => boolean): boolean {
  let json: unknown
  try {
    json = JSON.parse(value.toString('utf8'))
  } catch {
    return false
  }
  return test(json)
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
