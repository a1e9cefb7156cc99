/** The recorded samples, where they lie. */

import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const FOLDER = new URL('../../../../../shared/sources/samples/', import.meta.url)

/** A sample's messages, or undefined (and a word about it) where the samples are absent. */
export function readSample(name: string): readonly unknown[] | undefined {
  const path = fileURLToPath(new URL(name, FOLDER))
  if (!existsSync(path)) {
    console.log(`no recorded sample ${name} here: own fixtures only`)
    return undefined
  }
  const text = readFileSync(path, 'utf8').trim()
  return name.endsWith('.jsonl') ? text.split('\n').map((line): unknown => JSON.parse(line)) : [JSON.parse(text)]
}

/** The shape of a value: its keys in order, and the JSON type of each value; of a list, that of its first element. */
export function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])]
  if (value === null || typeof value !== 'object') return value === null ? 'null' : typeof value
  return Object.entries(value).map(([key, each]) => [key, shapeOf(each)])
}
