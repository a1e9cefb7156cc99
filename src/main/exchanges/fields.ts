/**
 * The fields of one object (or list) of a frame, read by key. Each read checks what it returns and throws FrameError
 * naming the field: a value that is not what the venue documents never becomes a number, a time or an empty text.
 */

import { isPositive, toDecimal } from '../../shared/decimal.ts'
import type { FrameRule } from '../../shared/malformed-rules.ts'
import type { Decimal, Millis } from '../../shared/market.ts'
import { FrameError } from './exchange.ts'
import type { Kind, Opened } from './json.ts'
import { openJson } from './json.ts'
import { isFiner, toMillis } from './time.ts'

/** 'decimal': a number, or text that is one, already cut to its canonical form. */
export type FieldKind = Kind | 'decimal'

/** Opens the items of a list of known layout; undefined where they have another. */
export type OpenItems = (list: string) => Fields[] | undefined

/** Where the values of an object are: by key, or by the place that a known layout gives it. */
export interface Shape {
  readonly isList: boolean
  readonly keys: readonly string[]
  readonly kinds: readonly FieldKind[]
  /** Key → position. Without it (an object met for the first time) keys are searched, and of repeated ones the last holds. */
  readonly positions?: ReadonlyMap<string, number>
  /** Opens the items of a list whose layout is known, by the key of the list. */
  readonly items?: ReadonlyMap<string, OpenItems>
}

/** Long key → the short spelling that a venue may use instead. */
export type ShortKeys = ReadonlyMap<string, string>

/** A longer number is looked at again, whether it is absurdly long. */
const USUAL_LENGTH = 40

/** V8 copies cuts up to this length; a longer one holds on to all of the frame that it was cut from. */
const COPIED_LENGTH = 12

/** The same text in pieces of its own: a kept trade id of 17 digits would keep 500 bytes of frame. */
export function owned(text: string): string {
  if (text.length <= COPIED_LENGTH) return text
  let copy = ''
  for (let at = 0; at < text.length; at += COPIED_LENGTH) copy += text.slice(at, at + COPIED_LENGTH)
  return copy
}

export class Fields {
  private readonly shape: Shape
  private readonly values: readonly string[]
  private readonly shortKeys: ShortKeys | undefined

  constructor(shape: Shape, values: readonly string[], shortKeys?: ShortKeys) {
    this.shape = shape
    this.values = values
    this.shortKeys = shortKeys
  }

  /** The fields of a JSON text that is an object or a list. Throws FrameError where it is not. */
  static open(json: string, shortKeys?: ShortKeys): Fields {
    const opened: Opened = openJson(json)
    return new Fields(opened, opened.values, shortKeys)
  }

  get isList(): boolean {
    return this.shape.isList
  }

  /** The keys in their order, for objects whose keys are values. A key that is repeated is here as often. */
  get keys(): readonly string[] {
    return this.shape.keys
  }

  /** Whether the field is there, be it null. */
  includes(key: string): boolean {
    return this.find(key) !== -1
  }

  /** Whether the field is there and is not null. */
  has(key: string): boolean {
    const position = this.find(key)
    return position !== -1 && this.shape.kinds[position] !== 'null'
  }

  /** Text that is not empty. */
  text(key: string): string {
    const position = this.position(key)
    const value = this.values[position]
    if (this.shape.kinds[position] !== 'text' || value === undefined) throw this.wrong('bad-value', key, 'is not text')
    if (value === '') throw this.wrong('missing-field', key, 'is empty')
    return owned(value)
  }

  /** Text, or undefined where the field is absent, null or empty. */
  optionalText(key: string): string | undefined {
    return this.has(key) && this.values[this.find(key)] !== '' ? this.text(key) : undefined
  }

  /** An id: text, or a whole number of any length. */
  id(key: string): string {
    const position = this.position(key)
    if (this.shape.kinds[position] === 'text') return this.text(key)
    const id = this.decimal(key)
    if (id.includes('.')) throw this.wrong('bad-number', key, 'is not a whole number')
    return id
  }

  /** A number of any sign, from a JSON number or from text. */
  decimal(key: string): Decimal {
    const position = this.position(key)
    const kind = this.shape.kinds[position]
    const value = this.values[position]
    if (value === undefined || !(kind === 'decimal' || kind === 'number' || kind === 'text'))
      throw this.wrong('bad-number', key, 'is no number')
    if (kind === 'decimal' && value.length <= USUAL_LENGTH) return owned(value)
    try {
      return owned(toDecimal(value))
    } catch {
      throw this.wrong('bad-number', key, 'is no number')
    }
  }

  /** A number above zero. */
  positive(key: string): Decimal {
    const value = this.decimal(key)
    if (!isPositive(value)) throw this.wrong('bad-value', key, `is not above zero but ${value}`)
    return value
  }

  /** A number that is zero or more. */
  amount(key: string): Decimal {
    const value = this.decimal(key)
    if (value !== '0' && !isPositive(value)) throw this.wrong('bad-value', key, `is below zero: ${value}`)
    return value
  }

  /** A count that fits a number. */
  count(key: string): number {
    const value = Number(this.amount(key))
    if (!Number.isSafeInteger(value)) throw this.wrong('bad-number', key, 'is not a whole number')
    return value
  }

  /** A price, or undefined where the field is absent, null, empty text or zero, which is how venues write "none". */
  optionalPrice(key: string): Decimal | undefined {
    const value = this.optionalAmount(key)
    return value === '0' ? undefined : value
  }

  /** A number that is zero or more, or undefined where the field is absent, null or empty text. */
  optionalAmount(key: string): Decimal | undefined {
    return this.has(key) && this.values[this.find(key)] !== '' ? this.amount(key) : undefined
  }

  /** An instant, floored to the millisecond. */
  millis(key: string): Millis {
    const at = toMillis(this.timeText(key))
    if (at === undefined) throw this.wrong('bad-time', key, 'is no time between 2009 and 2100')
    return at
  }

  /** An instant that the venue writes without a zone and documents as UTC. */
  utcMillis(key: string): Millis {
    const at = toMillis(`${this.text(key)}Z`)
    if (at === undefined) throw this.wrong('bad-time', key, 'is no time between 2009 and 2100')
    return at
  }

  /** The venue's own spelling of an instant, where that is finer than the millisecond. */
  finerTime(key: string): string | undefined {
    const text = this.timeText(key)
    return isFiner(text) ? owned(text) : undefined
  }

  flag(key: string): boolean {
    const position = this.position(key)
    if (this.shape.kinds[position] !== 'flag') throw this.wrong('bad-value', key, 'is neither true nor false')
    return this.values[position] === 'true'
  }

  /** The fields of an object in this one. */
  object(key: string): Fields {
    const inner = this.inner(key)
    if (inner.isList) throw this.wrong('bad-value', key, 'is not an object')
    return inner
  }

  /** The fields of an object or list in this one. */
  inner(key: string): Fields {
    const position = this.position(key)
    const kind = this.shape.kinds[position]
    if (kind === 'object' || kind === 'list') return Fields.open(this.values[position] ?? '', this.shortKeys)
    throw this.wrong('bad-value', key, 'is neither an object nor a list')
  }

  /** The objects or lists of a list, in its order. */
  list(key: string): Fields[] {
    const openItems = this.shape.items?.get(key)
    const items = openItems === undefined ? undefined : openItems(this.values[this.position(key)] ?? '[]')
    if (items !== undefined) return items
    const inner = this.inner(key)
    if (!inner.isList) throw this.wrong('bad-value', key, 'is not a list')
    return inner.all()
  }

  /** The items of this list, each an object or a list. */
  all(): Fields[] {
    return this.values.map((value, position) => {
      const kind = this.shape.kinds[position]
      if (kind === 'object' || kind === 'list') return Fields.open(value, this.shortKeys)
      throw this.wrong('unknown-shape', this.shape.keys[position] ?? '', 'is neither an object nor a list')
    })
  }

  /** What is wrong with a field, ready to be thrown. */
  wrong(rule: FrameRule, key: string, what: string): FrameError {
    return new FrameError(rule, `"${key}" ${what}.`)
  }

  private timeText(key: string): string {
    const position = this.position(key)
    const kind = this.shape.kinds[position]
    const value = this.values[position]
    if ((kind !== 'number' && kind !== 'text') || value === undefined) throw this.wrong('bad-time', key, 'is no time')
    return value
  }

  private position(key: string): number {
    const position = this.find(key)
    if (position === -1 || this.shape.kinds[position] === 'null') throw this.wrong('missing-field', key, 'is missing')
    return position
  }

  private find(key: string): number {
    if (this.shape.positions !== undefined) return this.shape.positions.get(key) ?? -1
    const position = this.shape.keys.lastIndexOf(key)
    if (position !== -1 || this.shortKeys === undefined) return position
    const short = this.shortKeys.get(key)
    return short === undefined ? -1 : this.shape.keys.lastIndexOf(short)
  }
}
