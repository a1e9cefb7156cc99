/** Writes Yahoo's pricing message: one flat protobuf message, in Base64. Values that are 0 or empty are left out, as proto3 does. */

export interface PricingValues {
  readonly id: string
  readonly price: number
  /** Milliseconds. */
  readonly time: number
  readonly currency?: string
  readonly exchange: string
  readonly quoteType: number
  readonly marketHours: number
  readonly changePercent: number
  readonly dayVolume: number
  readonly dayHigh?: number
  readonly dayLow?: number
  readonly change: number
  readonly openPrice?: number
  readonly priceHint: number
}

type Kind = 'text' | 'float' | 'whole' | 'signed'

/** Field numbers and kinds. */
const FIELDS: readonly (readonly [name: keyof PricingValues, field: number, kind: Kind])[] = [
  ['id', 1, 'text'],
  ['price', 2, 'float'],
  ['time', 3, 'signed'],
  ['currency', 4, 'text'],
  ['exchange', 5, 'text'],
  ['quoteType', 6, 'whole'],
  ['marketHours', 7, 'whole'],
  ['changePercent', 8, 'float'],
  ['dayVolume', 9, 'signed'],
  ['dayHigh', 10, 'float'],
  ['dayLow', 11, 'float'],
  ['change', 12, 'float'],
  ['openPrice', 15, 'float'],
  ['priceHint', 27, 'signed'],
]

export function encodePricing(values: PricingValues): string {
  const bytes: number[] = []
  for (const [name, field, kind] of FIELDS) {
    const value = values[name]
    if (value === undefined || value === 0 || value === '') continue
    if (typeof value === 'string') {
      const text = Buffer.from(value, 'utf8')
      bytes.push(...varint(BigInt((field << 3) | 2)), ...varint(BigInt(text.length)), ...text)
    } else if (kind === 'float') {
      const four = Buffer.alloc(4)
      four.writeFloatLE(value)
      bytes.push(...varint(BigInt((field << 3) | 5)), ...four)
    } else {
      const whole = BigInt(Math.round(value))
      bytes.push(...varint(BigInt(field << 3)), ...varint(kind === 'signed' ? (whole << 1n) ^ (whole >> 63n) : whole))
    }
  }
  return Buffer.from(bytes).toString('base64')
}

function varint(value: bigint): readonly number[] {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, value)
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80)
  return [...bytes, Number(rest)]
}
