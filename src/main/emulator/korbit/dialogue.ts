/** What Digital X makes of a client's frame: a list of requests, answered where they have an id, and always where they fail. */

import type { Answer, Scene, Session, Topic } from '../venue.ts'
import { toTopic, TYPES } from './stream.ts'

export const SILENT: Session = { topics: [], format: 'DEFAULT' }

type Request = Readonly<Record<string, unknown>>

const INVALID = { status: 'fail', message: 'invalid_format' }

export function receive(text: string, session: Session, scene: Scene): Answer {
  const requests = listOf(text)
  if (requests === undefined) return { session, replies: [JSON.stringify(INVALID)], snapshots: [] }
  let topics = session.topics
  const replies: string[] = []
  const snapshots: Topic[] = []
  for (const request of requests) {
    const { requestId } = request
    const id = requestId === undefined ? {} : { requestId }
    const outcome = run(request, scene)
    if ('code' in outcome) {
      replies.push(JSON.stringify({ status: 'fail', ...outcome, ...id }))
      continue
    }
    if (requestId !== undefined) replies.push(JSON.stringify({ status: 'success', ...id }))
    const keys = new Set(outcome.topics.map(({ key }) => key))
    topics = topics.filter(({ key }) => !keys.has(key))
    if (outcome.isLeaving) continue
    topics = [...topics, ...outcome.topics]
    snapshots.push(...outcome.topics)
  }
  return { session: { ...session, topics }, replies, snapshots }
}

type Outcome =
  | { readonly code: string; readonly message: string }
  | { readonly topics: readonly Topic[]; readonly isLeaving: boolean }

/** One symbol that does not exist refuses the request whole. Only books that are not grouped are emulated. */
function run({ method, type: asked, symbols, level }: Request, scene: Scene): Outcome {
  const refuse = (message: string): Outcome => ({ code: 'INVALID_REQUEST', message })
  if (method !== 'subscribe' && method !== 'unsubscribe') return refuse('unknown_method')
  const type = TYPES.find((each) => each === asked)
  if (type === undefined) return refuse('unknown_type')
  if (!Array.isArray(symbols) || symbols.length === 0) return refuse('invalid_symbols')
  if (level !== undefined) return refuse('invalid_level')
  const names = symbols.map(String)
  const unknown = names.find((name) => scene.find(name) === undefined)
  if (unknown !== undefined) return { code: 'INVALID_SYMBOL', message: `The symbol does not exist (${unknown})` }
  return { topics: names.map((name) => toTopic(type, name)), isLeaving: method === 'unsubscribe' }
}

/** A request that is no list, even of one, is of an invalid format. */
function listOf(text: string): readonly Request[] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const isList = Array.isArray(value) && value.every((each) => typeof each === 'object' && each !== null)
    return isList ? (value as readonly Request[]) : undefined
  } catch {
    return undefined
  }
}
