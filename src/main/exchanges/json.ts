/**
 * The exact JSON reader: opens one object or list of any JSON text and keeps the text of its numbers. Accepts what
 * JSON.parse accepts (of repeated keys the last holds), except nesting beyond what any venue sends.
 */

import { FrameError } from './exchange.ts'

export type Kind = 'text' | 'number' | 'flag' | 'null' | 'object' | 'list'

/** One object or list, opened. A list has its positions as keys: '0', '1', … */
export interface Opened {
  readonly isList: boolean
  readonly keys: string[]
  readonly kinds: Kind[]
  /** Text unescaped; numbers and flags as written; objects and lists as JSON still to be opened. */
  readonly values: string[]
}

const MAX_DEPTH = 64

const SPACE = /[ \t\n\r]*/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const UNESCAPED = /[ !#-[\]-\uffff]*/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

/** Opens a JSON text that is an object or a list, checking all of it. Throws FrameError. */
export function openJson(text: string): Opened {
  const start = skip(SPACE, text, 0)
  const first = text[start]
  const opened: Opened = { isList: first === '[', keys: [], kinds: [], values: [] }
  if (first !== '{' && first !== '[') {
    // A bare number or word is JSON too, and as little use.
    if (skip(SPACE, text, valueEnd(text, start, 0)) !== text.length) throw notJson(text, start)
    throw new FrameError('unknown-shape', 'The message is neither an object nor a list.')
  }
  const end = skip(SPACE, text, containerEnd(text, start, 0, opened))
  if (end !== text.length) throw notJson(text, end)
  return opened
}

function containerEnd(text: string, start: number, depth: number, opened?: Opened): number {
  if (depth > MAX_DEPTH) throw new FrameError('too-large', `The message nests deeper than ${MAX_DEPTH} levels.`)
  const isObject = text[start] === '{'
  const close = isObject ? '}' : ']'
  let at = skip(SPACE, text, start + 1)
  if (text[at] === close) return at + 1
  for (let index = 0; ; index += 1) {
    let key = ''
    if (isObject) {
      const end = stringEnd(text, at)
      if (opened !== undefined) key = unquoted(text, at, end)
      at = skip(SPACE, text, end)
      if (text[at] !== ':') throw notJson(text, at)
      at = skip(SPACE, text, at + 1)
    }
    const end = valueEnd(text, at, depth)
    if (opened !== undefined) {
      const kind = kindAt(text, at)
      opened.keys.push(isObject ? key : String(index))
      opened.kinds.push(kind)
      opened.values.push(kind === 'text' ? unquoted(text, at, end) : text.slice(at, end))
    }
    at = skip(SPACE, text, end)
    if (text[at] === close) return at + 1
    if (text[at] !== ',') throw notJson(text, at)
    at = skip(SPACE, text, at + 1)
  }
}

function valueEnd(text: string, at: number, depth: number): number {
  switch (kindAt(text, at)) {
    case 'text':
      return stringEnd(text, at)
    case 'object':
    case 'list':
      return containerEnd(text, at, depth + 1)
    case 'flag':
      if (text.startsWith('true', at)) return at + 4
      if (text.startsWith('false', at)) return at + 5
      break
    case 'null':
      if (text.startsWith('null', at)) return at + 4
      break
    case 'number': {
      const end = skip(NUMBER, text, at)
      if (end !== at) return end
      break
    }
  }
  throw notJson(text, at)
}

function kindAt(text: string, at: number): Kind {
  switch (text[at]) {
    case '"':
      return 'text'
    case '{':
      return 'object'
    case '[':
      return 'list'
    case 't':
    case 'f':
      return 'flag'
    case 'n':
      return 'null'
    default:
      return 'number'
  }
}

function stringEnd(text: string, start: number): number {
  if (text[start] !== '"') throw notJson(text, start)
  let at = skip(UNESCAPED, text, start + 1)
  while (text[at] === '\\') {
    const end = skip(ESCAPE, text, at)
    if (end === at) throw notJson(text, at)
    at = skip(UNESCAPED, text, end)
  }
  if (text[at] !== '"') throw notJson(text, at)
  return at + 1
}

function unquoted(text: string, start: number, end: number): string {
  const plain = text.slice(start + 1, end - 1)
  return plain.includes('\\') ? (JSON.parse(text.slice(start, end)) as string) : plain
}

/** Where the pattern stops matching from `at`; `at` itself where it does not match. */
function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}

function notJson(text: string, at: number): FrameError {
  return new FrameError('not-json', at >= text.length ? 'The JSON ends too early.' : `The JSON is broken at ${at}.`)
}
