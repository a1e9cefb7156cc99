/** JSON as the earlier systems wrote it, with numbers that keep their exact text. */

import type { Decimal } from '../../../shared/market.ts'

/** An exact number, to be written without quotes. */
export interface Exactly {
  readonly exactly: Decimal
}

type Value = string | number | null | Exactly | readonly string[] | readonly Fields[] | undefined

export interface Fields {
  readonly [name: string]: Value
}

/** A value as a JSON number; absent stays absent. */
export function exactly(value: Decimal | undefined): Exactly | undefined {
  return value === undefined ? undefined : { exactly: value }
}

/** One JSON object, its fields in the order given. Absent fields are left out. */
export function toJson(fields: Fields): string {
  const parts: string[] = []
  for (const [name, value] of Object.entries(fields))
    if (value !== undefined) parts.push(`${JSON.stringify(name)}:${textOf(value)}`)
  return `{${parts.join(',')}}`
}

function textOf(value: Exclude<Value, undefined>): string {
  if (typeof value === 'string' || typeof value === 'number' || value === null) return JSON.stringify(value)
  if ('exactly' in value) return value.exactly
  return `[${value.map((each) => (typeof each === 'string' ? JSON.stringify(each) : toJson(each))).join(',')}]`
}
