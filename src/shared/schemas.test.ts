import { readFileSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { RECORD_EXAMPLES } from '../../scripts/record-examples.ts'
import { topicFiles } from '../../scripts/topic-schemas.ts'
import { isDecimal } from './decimal.ts'
import { RECORD_SCHEMAS } from './schemas.ts'
import type { TopicId } from './topics.ts'
import { TOPICS } from './topics.ts'
import { decodeEvent, encodeEvent } from './wire.ts'

const FOLDER = new URL('../../docs/topics/', import.meta.url)
const IDS = Object.keys(TOPICS) as TopicId[]

test('docs/topics is what scripts/topic-schemas.ts writes', () => {
  const written = topicFiles()
  expect(readdirSync(FOLDER).toSorted()).toEqual([...written.keys()].toSorted())
  for (const [name, text] of written) expect(readFileSync(new URL(name, FOLDER), 'utf8')).toBe(text)
})

/** Ways to spoil a record, by field: each is refused by the wire and by the schema, or by neither. */
const SPOILED: readonly unknown[] = [
  undefined,
  null,
  '',
  '0',
  '-0',
  '1.50',
  '01',
  '1e5',
  '.5',
  0,
  1,
  -1,
  1.5,
  2 ** 53,
  true,
  [],
  {},
  [['1']],
  'stream',
  'traded',
  'buy',
]

/** The record with one field after another replaced. */
function* spoil(
  value: unknown,
  path: readonly string[] = [],
): Generator<{ path: string; text: string; apply: (root: unknown) => unknown }> {
  if (typeof value !== 'object' || value === null) return
  for (const [key, child] of Object.entries(value)) {
    yield* spoil(child, [...path, key])
    for (const wrong of SPOILED) {
      const here = [...path, key]
      yield {
        path: here.join('.'),
        text: JSON.stringify(wrong) ?? 'absent',
        apply: (root) => replace(root, here, wrong),
      }
    }
  }
}

function replace(root: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value
  const copy = (Array.isArray(root) ? [...(root as unknown[])] : { ...(root as object) }) as Record<string, unknown>
  if (rest.length === 0 && value === undefined) delete copy[key]
  else copy[key] = replace(copy[key], rest, value)
  return copy
}

function isRead(record: unknown, topic: TopicId): boolean {
  try {
    const { kind } = decodeEvent(JSON.stringify(record)).data
    return (TOPICS[topic].kinds as readonly string[]).includes(kind)
  } catch {
    return false
  }
}

test('A-10 the wire and the published schema take and refuse the same records', () => {
  let taken = 0
  let refused = 0
  for (const id of IDS) {
    const published = JSON.parse(
      readFileSync(new URL(`${TOPICS[id].name}.schema.json`, FOLDER), 'utf8'),
    ) as z.core.JSONSchema.JSONSchema
    const schema = z.fromJSONSchema(published)
    for (const example of RECORD_EXAMPLES[id]) {
      const record: unknown = JSON.parse(encodeEvent(example))
      expect(schema.safeParse(record).success).toBe(true)
      for (const { path, text, apply } of spoil(record)) {
        const wrong: unknown = JSON.parse(JSON.stringify(apply(record)))
        const read = isRead(wrong, id)
        expect({ id, path, text, taken: schema.safeParse(wrong).success }).toEqual({ id, path, text, taken: read })
        expect(RECORD_SCHEMAS[id].safeParse(wrong).success).toBe(read)
        if (read) taken += 1
        else refused += 1
      }
    }
  }
  expect(taken).toBeGreaterThan(100)
  expect(refused).toBeGreaterThan(500)
})

test('the schema’s decimal is decimal.ts’s', () => {
  const side = RECORD_SCHEMAS.tickers.shape.data.shape.last
  for (const text of [
    '0',
    '-0',
    '1',
    '-1.5',
    '0.1',
    '-0.1',
    '0.10',
    '00',
    '1.',
    '.1',
    '+1',
    '1e5',
    '0.0',
    '-0.0',
    '10',
    '',
  ])
    expect([text, side.safeParse(text).success]).toEqual([text, isDecimal(text)])
})
