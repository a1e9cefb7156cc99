/** A record's value as text to read. */

import type { MessageRow } from '../../../../shared/kafka-view.ts'

/** Longer text is cut on screen; copying takes all of it. */
export const MOST_SHOWN = 200_000
const INDENT = '  '

/** Where a record lies: unique within a cluster. */
export function placeOf(row: Pick<MessageRow, 'topic' | 'partition' | 'offset'>): string {
  return `${row.topic} ${row.partition} ${row.offset}`
}

/** The value in one line, short. */
export function excerpt(row: MessageRow): string {
  const text = row.value ?? ''
  return row.binary ? text.slice(0, 120).replaceAll(/(..)/g, '$1 ') : text.slice(0, 400)
}

/**
 * JSON with a line for each member. Numbers stay as they were written: ids beyond 2^53 and prices keep all digits.
 * Undefined where the text is no JSON object or array.
 */
export function prettyJson(text: string): string | undefined {
  const first = text.trimStart()[0]
  if (first !== '{' && first !== '[') return undefined
  try {
    JSON.parse(text)
  } catch {
    return undefined
  }
  const parts = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? []
  let depth = 0
  let out = ''
  parts.forEach((part, index) => {
    const next = parts[index + 1]
    if (part === '{' || part === '[') {
      depth += 1
      out += part + (next === '}' || next === ']' ? '' : `\n${INDENT.repeat(depth)}`)
    } else if (part === '}' || part === ']') {
      depth -= 1
      const before = parts[index - 1]
      out += (before === '{' || before === '[' ? '' : `\n${INDENT.repeat(depth)}`) + part
    } else if (part === ',') out += `,\n${INDENT.repeat(depth)}`
    else out += part === ':' ? ': ' : part
  })
  return out
}

/** Bytes, given as hex, in rows of sixteen with their place and what of them is text. */
export function hexDump(hex: string): string {
  const bytes = hex.match(/../g) ?? []
  const rows: string[] = []
  for (let at = 0; at < bytes.length; at += 16) {
    const row = bytes.slice(at, at + 16)
    const text = row.map((byte) => {
      const code = Number.parseInt(byte, 16)
      return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '.'
    })
    rows.push(`${at.toString(16).padStart(8, '0')}  ${row.join(' ').padEnd(47)}  ${text.join('')}`)
  }
  return rows.join('\n')
}
