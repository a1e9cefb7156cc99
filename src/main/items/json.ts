import type { z } from 'zod'
import { ItemError } from './item-feed.ts'

/** A JSON answer of a known shape. Throws ItemError naming the field that is not as known. */
export function readJson<T>(body: string, schema: z.ZodType<T>): T {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    throw new ItemError('not-json', 'The answer is not JSON.')
  }
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const issue = read.error.issues[0]
  const where = issue === undefined || issue.path.length === 0 ? 'The answer' : `"${issue.path.join('.')}"`
  throw new ItemError('unknown-shape', `${where} is not what is known of this feed: ${issue?.message ?? 'unknown'}.`)
}
