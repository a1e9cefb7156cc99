/**
 * The shared frame reader: known layouts first, the exact JSON reader for everything else. Both give the same fields,
 * so a layout change at a venue makes decoding slower, never wrong.
 */

import type { Message, VenueError } from './exchange.ts'
import { FrameError } from './exchange.ts'
import type { ShortKeys } from './fields.ts'
import { Fields } from './fields.ts'
import type { Layout } from './layout.ts'

/** A frame that is expected often enough to be read in one pass. */
export interface KnownFrame {
  readonly layout: Layout
  readonly decode: (fields: Fields) => readonly Message[]
}

/** Longest frame that is looked at; the largest real ones (Coinbase's whole books) are some 5 MB. */
const MAX_FRAME = 16 * 1_048_576
/** Longest REST body that is looked at; the largest real one is Binance's list of markets. */
const MAX_BODY = 64 * 1_048_576

/**
 * A venue's `decode`: known frames by their layout, any other opened exactly and given to `decodeAny`. Throws
 * FrameError only.
 */
export function createDecoder(
  known: readonly KnownFrame[],
  decodeAny: (frame: Fields) => readonly Message[],
  shortKeys?: ShortKeys,
): (frame: string) => readonly Message[] {
  return (frame) => {
    for (const { layout, decode } of known) {
      const fields = layout(frame)
      if (fields !== undefined) return decode(fields)
    }
    return decodeAny(openWithin(MAX_FRAME, frame, shortKeys))
  }
}

/** Opens a REST body. `toError` recognises the venue's own error in it, which is then thrown. Throws FrameError too. */
export function openBody(body: string, toError: (body: Fields) => VenueError | undefined): Fields {
  const fields = openWithin(MAX_BODY, body)
  const error = fields.isList ? undefined : toError(fields)
  if (error !== undefined) throw error
  return fields
}

function openWithin(limit: number, text: string, shortKeys?: ShortKeys): Fields {
  if (text.length > limit) throw new FrameError('too-large', `The message is longer than ${limit} characters.`)
  return Fields.open(text, shortKeys)
}

type UndefinedKeys<T> = { [K in keyof T]-?: undefined extends T[K] ? K : never }[keyof T]
/** T with the keys that may be undefined made optional instead. */
export type Present<T> = Omit<T, UndefinedKeys<T>> & { [K in UndefinedKeys<T>]?: Exclude<T[K], undefined> }

/** The record without the keys whose value is undefined: what a venue does not give is absent. */
export function present<T extends object>(record: T): Present<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Present<T>
}
