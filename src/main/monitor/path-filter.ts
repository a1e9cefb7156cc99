/**
 * The filter by JSON path: a path, an operator, a value, as in `data.price > 100`, `data.side = "buy"`, `bids[0][1] != 0`.
 * Operators: = != < > and ~ (contains the text). Nothing is ever run: it is read into three parts and compared.
 */

import { compareDecimals, toDecimal } from '../../shared/decimal.ts'
import { FaultError } from '../../shared/faults.ts'

export type ValueTest = (value: unknown) => boolean

type Operator = '=' | '!=' | '<' | '>' | '~'
type Literal = string | number | boolean | null

const FILTER = /^\s*([^\s=!<>~]+)\s*(!=|=|<|>|~)\s*(.+?)\s*$/s
const STEP = /(?:^|\.)([^.[\]]+)|\[(\d+)\]/y

/** Reads a filter. Throws 'bad-request' with what is wrong and how it should look. */
export function createPathFilter(text: string): ValueTest {
  const match = FILTER.exec(text)
  if (!match) throw bad(`"${text}" is no filter.`)
  const steps = toSteps(match[1]!)
  const operator = match[2] as Operator
  const wanted = toLiteral(match[3]!)
  return (value) => {
    const found = find(value, steps)
    return operator === '!=' ? !isEqual(found, wanted) : compares(found, operator, wanted)
  }
}

function toSteps(path: string): readonly (string | number)[] {
  const steps: (string | number)[] = []
  STEP.lastIndex = 0
  while (STEP.lastIndex < path.length) {
    const match = STEP.exec(path)
    if (!match) throw bad(`"${path}" is no path.`)
    steps.push(match[1] ?? Number(match[2]))
  }
  return steps
}

/** A quoted text, a number, true, false, null; anything else is text as it stands. */
function toLiteral(text: string): Literal {
  if (/^"|^'/.test(text)) {
    const end = text.at(-1)
    if (text.length < 2 || end !== text[0]) throw bad(`The text ${text} has no closing quote.`)
    return text.slice(1, -1)
  }
  if (text === 'true' || text === 'false') return text === 'true'
  if (text === 'null') return null
  return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? Number(text) : text
}

function find(value: unknown, steps: readonly (string | number)[]): unknown {
  let at = value
  for (const step of steps) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined
    at = (at as Record<string | number, unknown>)[step]
  }
  return at
}

function compares(found: unknown, operator: Exclude<Operator, '!='>, wanted: Literal): boolean {
  if (found === undefined) return false
  if (operator === '=') return isEqual(found, wanted)
  if (operator === '~') return (typeof found === 'string' ? found : JSON.stringify(found)).includes(String(wanted))
  const left = toNumber(found)
  const right = toNumber(wanted)
  if (left !== undefined && right !== undefined) {
    const order = compareDecimals(left, right)
    return operator === '<' ? order < 0 : order > 0
  }
  if (typeof found !== 'string' || typeof wanted !== 'string') return false
  return operator === '<' ? found < wanted : found > wanted
}

/** A number equals a decimal written as text of the same value: prices travel as text. */
function isEqual(found: unknown, wanted: Literal): boolean {
  if (found === wanted) return true
  if (typeof wanted !== 'number') return typeof found === 'number' && String(found) === wanted
  const left = toNumber(found)
  return left !== undefined && left === toNumber(wanted)
}

function toNumber(value: unknown): string | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined
  try {
    return toDecimal(String(value))
  } catch {
    return undefined
  }
}

function bad(what: string): FaultError {
  return new FaultError('bad-request', `path: ${what} Write a path, one of = != < > ~ and a value: data.price > 100.`)
}
