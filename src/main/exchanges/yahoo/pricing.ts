/** Yahoo's pricing message: one flat protobuf message, in Base64. Only its numbers and texts are read; what is unknown is passed over. */

import { FrameError } from '../exchange.ts'

/** A message's values by field number, as the wire has them: varints as they are, four and eight bytes as floats, bytes as text. */
export interface Pricing {
  readonly texts: ReadonlyMap<number, string>
  readonly floats: ReadonlyMap<number, number>
  readonly whole: ReadonlyMap<number, bigint>
}

/** Longest varint: 64 bits in sevens. */
const LONGEST_VARINT = 10
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/

/** Opens a message. Throws FrameError where it is none. */
export function openPricing(base64: string): Pricing {
  if (!BASE64.test(base64) || base64.length % 4 !== 0)
    throw new FrameError('not-json', 'The message is no Base64 text.')
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  const view = new DataView(bytes.buffer)
  const texts = new Map<number, string>()
  const floats = new Map<number, number>()
  const whole = new Map<number, bigint>()
  let at = 0

  const take = (length: number): number => {
    const from = at
    if (length > bytes.length - from) throw new FrameError('unknown-shape', 'The message ends too early.')
    at += length
    return from
  }
  const varint = (): bigint => {
    let value = 0n
    for (let nth = 0; nth < LONGEST_VARINT; nth += 1) {
      const byte = bytes[take(1)] ?? 0
      value |= BigInt(byte & 0x7f) << BigInt(7 * nth)
      if (byte < 0x80) return BigInt.asUintN(64, value)
    }
    throw new FrameError('bad-number', 'The message has a number of more than 64 bits.')
  }

  while (at < bytes.length) {
    const tag = Number(varint())
    const field = tag >>> 3
    if (field === 0) throw new FrameError('unknown-shape', 'The message has a field without a number.')
    switch (tag & 7) {
      case 0:
        whole.set(field, varint())
        break
      case 1:
        floats.set(field, view.getFloat64(take(8), true))
        break
      case 2: {
        const length = Number(varint())
        const from = take(length)
        texts.set(field, String.fromCharCode(...bytes.subarray(from, from + Math.min(length, LONGEST_TEXT))))
        break
      }
      case 5:
        floats.set(field, view.getFloat32(take(4), true))
        break
      default:
        throw new FrameError('unknown-shape', 'The message has a field of no known kind.')
    }
  }
  return { texts, floats, whole }
}

/** Symbols, currencies and exchanges are ASCII and short; a company's name need not be read whole. */
const LONGEST_TEXT = 64

/** A number that was written with the sign in its lowest bit. */
export function unzigzag(value: bigint): bigint {
  return value & 1n ? -((value + 1n) >> 1n) : value >> 1n
}

/** Digits that name a 32-bit float and no other. */
const FLOAT_DIGITS = [6, 7, 8, 9]

/** The shortest number that is this 32-bit float: 24.53499984741211 was 24.535 before it was cut to 32 bits. A number that is no such float stays as it is. */
export function shortest(value: number): string {
  for (const digits of FLOAT_DIGITS) {
    const text = value.toPrecision(digits)
    if (Math.fround(Number(text)) === value) return text
  }
  return String(value)
}
