import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FrameError } from './exchange.ts'
import { openJson } from './json.ts'

/** The whole of a JSON text, through the exact reader, as JSON.parse would give it. */
function readAll(json: string): unknown {
  const { isList, keys, kinds, values } = openJson(json)
  const items = values.map((value, at) => {
    const kind = kinds[at]
    if (kind === 'text') return value
    return kind === 'object' || kind === 'list' ? readAll(value) : (JSON.parse(value) as unknown)
  })
  return isList ? items : Object.fromEntries(keys.map((key, at) => [key, items[at]]))
}

/** JSON.parse keeps a key `__proto__` as an own key, as Object.fromEntries does. */
const anyContainer = fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()))

describe('openJson', () => {
  test('reads what JSON.parse reads, however it is spaced', () => {
    fc.assert(
      fc.property(anyContainer, fc.constantFrom('', ' ', '\n\t', '  '), (value, space) => {
        const json = JSON.stringify(value, undefined, space)
        expect(readAll(json)).toEqual(JSON.parse(json))
      }),
      { numRuns: 2_000 },
    )
  })

  test('refuses what JSON.parse refuses, and nothing else', () => {
    const noise = fc.constantFrom(
      '"',
      '\\',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '0',
      '-',
      '.',
      'e',
      't',
      'u',
      ' ',
      '\n',
      '\u0001',
      '\u00a0',
      '',
      '\ufeff',
    )
    fc.assert(
      fc.property(anyContainer, fc.nat(), fc.nat(3), noise, (value, at, removed, added) => {
        const json = JSON.stringify(value)
        const place = at % (json.length + 1)
        const broken = json.slice(0, place) + added + json.slice(place + removed)
        expect(outcome(() => readAll(broken))).toEqual(outcome(() => JSON.parse(broken)))
      }),
      { numRuns: 10_000 },
    )
  })

  test('keeps number text and unescapes strings', () => {
    expect(openJson('{"id":17883351803770004,"p":1.16539E8,"\\u0061b":"\\"q\\" \\uD55C\\n\\/"}')).toEqual({
      isList: false,
      keys: ['id', 'p', 'ab'],
      kinds: ['number', 'number', 'text'],
      values: ['17883351803770004', '1.16539E8', '"q" 한\n/'],
    })
  })

  test('a nesting bomb is too large, not a crash', () => {
    for (const bomb of ['['.repeat(1_000_000), '{"a":'.repeat(100_000), `${'['.repeat(70)}${']'.repeat(70)}`])
      expect(ruleOf(() => openJson(bomb))).toBe('too-large')
    expect(ruleOf(() => openJson(`${'['.repeat(60)}${']'.repeat(60)}`))).toBe('none')
  })

  test('a long string of escapes is read', () => {
    const text = '\\"'.repeat(200_000)
    expect(openJson(`["${text}"]`).values[0]).toHaveLength(200_000)
  })

  test('a bare value is no message', () => {
    for (const json of ['1', '"text"', 'null', ' true ']) expect(ruleOf(() => openJson(json))).toBe('unknown-shape')
    for (const json of ['', '   ', 'PONG', '<html>', '1 2', '{}{}'])
      expect(ruleOf(() => openJson(json))).toBe('not-json')
  })
})

/** What a reader gives, with all refusals alike; a bare value counts as read by neither. */
function outcome(read: () => unknown): unknown {
  try {
    const value = read()
    return typeof value === 'object' && value !== null ? { value } : 'refused'
  } catch {
    return 'refused'
  }
}

function ruleOf(run: () => unknown): string {
  try {
    run()
    return 'none'
  } catch (error) {
    return error instanceof FrameError ? error.rule : String(error)
  }
}
