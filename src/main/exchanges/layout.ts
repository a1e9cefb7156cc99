/**
 * The key layout of a frame that a venue is known to send, made from an example of it. A frame that has exactly these
 * keys in this order is read in one pass (a trade becomes an event faster than JSON.parse alone reads it); any other is
 * left to the exact reader.
 */

import type { FieldKind, OpenItems, Shape } from './fields.ts'
import { Fields } from './fields.ts'
import type { Kind } from './json.ts'
import { openJson } from './json.ts'

/** Reads a frame of the known layout; undefined where the frame has another. */
export type Layout = (frame: string) => Fields | undefined

interface LayoutOptions {
  /** Keys whose value is as in the example in every such frame: what tells this layout from others. */
  readonly fixed?: readonly string[]
  /** Keys to be read, those of list items too. The values of all others are checked to be JSON, and skipped. */
  readonly read: readonly string[]
  /** Keys to be read as decimals, which come out canonical. A frame with another spelling (a sign, an exponent) is left to the exact reader. */
  readonly decimals: readonly string[]
  /** Lists that hold exactly one object in such frames: its keys are read as if they were the frame's own. */
  readonly single?: readonly string[]
}

// Beyond this the pattern's own stack might not do, and one pass no longer matters.
const MAX_LENGTH = 65_536

const PATTERNS = {
  text: '[ !#-[\\]-\\uffff]*', // an escape leaves the frame to the exact reader
  number: '-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?',
  flag: 'true|false',
  null: 'null',
}

/** A plain number (looked at whole first), of which only what counts is in the group: '0.00077720' gives '0.0007772'. */
const DECIMAL = '(?=(?:0|[1-9]\\d*)(?:\\.\\d+)?[^\\d.])(\\d+(?:\\.\\d*[1-9])?)[.0]*'

/** The layout of which `example` is a frame. Nested objects are flattened: of two keys that are alike the later one is read. */
export function layoutOf(example: string, options: LayoutOptions): Layout {
  const draft = createDraft(options)
  const pattern = new RegExp(`^${drawValue(draft, '', kindOf(example), example)}$`)
  const shape = shapeOf(draft)
  return (frame) => {
    if (frame.length > MAX_LENGTH) return undefined
    const match = pattern.exec(frame)
    return match === null ? undefined : new Fields(shape, match)
  }
}

interface Draft {
  readonly options: LayoutOptions
  readonly keys: string[]
  readonly kinds: FieldKind[]
  readonly items: Map<string, OpenItems>
}

function createDraft(options: LayoutOptions): Draft {
  // A match holds the whole frame first, then the groups.
  return { options, keys: [''], kinds: ['object'], items: new Map() }
}

function shapeOf(draft: Draft): Shape {
  const { keys, kinds, items } = draft
  return {
    isList: false,
    keys,
    kinds,
    items,
    positions: new Map(keys.map((key, position) => [key, position] as const)),
  }
}

function drawValue(draft: Draft, key: string, kind: Kind, value: string): string {
  if (kind === 'object') return drawObject(draft, value)
  if (kind === 'list' && openJson(value).keys.length === 0) return '\\[\\]'
  if (draft.options.single?.includes(key) === true) return `\\[${drawObject(draft, openJson(value).values[0] ?? '')}\\]`
  if (draft.options.fixed?.includes(key) === true) return literal(kind === 'text' ? JSON.stringify(value) : value)
  // The caller's own strings, which the engine looks up faster than those cut out of the example.
  const decimal = draft.options.decimals.find((each) => each === key)
  if (decimal !== undefined) {
    draft.keys.push(decimal)
    draft.kinds.push('decimal')
    return kind === 'text' ? `"${DECIMAL}"` : DECIMAL
  }
  const name = draft.options.read.find((each) => each === key)
  const isRead = name !== undefined
  if (isRead) {
    draft.keys.push(name)
    draft.kinds.push(kind)
  }
  if (kind === 'list') {
    const item = drawItem(draft.options, value)
    if (isRead) draft.items.set(key, item.open)
    const list = `\\[(?:${item.pattern}(?:,${item.pattern})*)?\\]`
    return isRead ? `(${list})` : list
  }
  const group = `${isRead ? '(' : '(?:'}${PATTERNS[kind]})`
  return kind === 'text' ? `"${group}"` : group
}

function drawObject(draft: Draft, value: string): string {
  const { keys, kinds, values } = openJson(value)
  const members = keys.map(
    (key, at) => `${literal(JSON.stringify(key))}:${drawValue(draft, key, kinds[at] ?? 'null', values[at] ?? '')}`,
  )
  return `\\{${members.join(',')}\\}`
}

/** A list holds items of one layout: that of the example's first. */
function drawItem(options: LayoutOptions, list: string): { pattern: string; open: OpenItems } {
  const first = openJson(list)
  const item = first.values[0] ?? ''
  const drawAs = (draft: Draft) => (first.kinds[0] === 'list' ? drawRow(draft, item) : drawObject(draft, item))
  const draft = createDraft(options)
  const pattern = new RegExp(drawAs(draft), 'y')
  const shape = shapeOf(draft)
  return {
    pattern: drawAs(createDraft({ read: [], decimals: [] })),
    open: (list) => {
      const items: Fields[] = []
      for (let at = 1; at < list.length - 1; at = pattern.lastIndex + 1) {
        pattern.lastIndex = at
        const match = pattern.exec(list)
        if (match === null) return undefined
        items.push(new Fields(shape, match))
      }
      return items
    },
  }
}

function drawRow(draft: Draft, row: string): string {
  const { keys, kinds, values } = openJson(row)
  return `\\[${keys.map((key, at) => drawValue(draft, key, kinds[at] ?? 'null', values[at] ?? '')).join(',')}\\]`
}

function kindOf(json: string): Kind {
  return json.startsWith('[') ? 'list' : 'object'
}

function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
