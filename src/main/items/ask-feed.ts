import { FaultError } from '../../shared/faults.ts'
import type { Millis } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import type { Clock } from '../feed/clock.ts'
import type { Answer } from '../feed/http.ts'
import { createAsk } from '../feed/http.ts'
import type { Network } from '../feed/network.ts'
import type { ItemRequest } from './item-feed.ts'

const LIMITS = { request: 20 * SECOND, maxBody: 4 * 1024 * 1024 }
const REDIRECTS = [301, 302, 303, 307, 308]
const UNCHANGED = 304
const MOST_REDIRECTS = 4

/** What a server said of its last answer, to ask only for a newer one. */
export interface Marks {
  readonly etag?: string
  readonly lastModified?: string
}

export interface FeedAnswer {
  /** Undefined: nothing has changed since `marks`. */
  readonly body: string | undefined
  readonly marks: Marks
  readonly receivedAt: Millis
}

/** Asks a feed once. Rejects with a FaultError that says what is wrong with its server, in one sentence. */
export type AskFeed = (request: ItemRequest, marks: Marks, signal: AbortSignal) => Promise<FeedAnswer>

export function createAskFeed(network: Network, clock: Clock): AskFeed {
  const ask = createAsk(network, clock, LIMITS)

  const follow = async (request: ItemRequest, marks: Marks, signal: AbortSignal): Promise<Answer> => {
    const { method, headers, body } = request
    const conditions = {
      ...(marks.etag === undefined ? {} : { 'If-None-Match': marks.etag }),
      ...(marks.lastModified === undefined ? {} : { 'If-Modified-Since': marks.lastModified }),
    }
    const question = {
      headers: { ...headers, ...conditions },
      ...(method === undefined ? {} : { method }),
      ...(body === undefined ? {} : { body }),
      takes: method === 'POST' ? [] : [UNCHANGED, ...REDIRECTS], // a key goes nowhere else
    }
    let { url } = request
    for (let redirects = 0; ; redirects += 1) {
      const answer = await ask(network.resolve('news', 'rest', url), question, signal)
      if (!REDIRECTS.includes(answer.status)) return answer
      url = next(url, answer.headers.location, redirects)
    }
  }

  return async (request, marks, signal) => {
    const { status, headers, body, receivedAt } = await follow(request, marks, signal)
    const { host } = new URL(request.url)
    if (status === UNCHANGED) return { body: undefined, marks, receivedAt }
    if (status === 401 || status === 403)
      throw request.headers?.['Authorization'] === undefined
        ? new FaultError('feed-gone', `${host} does not let us read this feed (${status}).`)
        : new FaultError('key-refused', `${host} did not take the key (${status}). Enter another one in the settings.`)
    if (status === 404 || status === 410)
      throw new FaultError('feed-gone', `${host} has nothing at this address (any more) (${status}).`)
    if (status >= 400) throw new FaultError('venue-error', `${host} answered with an error (${status}).`)
    const { etag, 'last-modified': lastModified } = headers
    return {
      body,
      marks: { ...(etag === undefined ? {} : { etag }), ...(lastModified === undefined ? {} : { lastModified }) },
      receivedAt,
    }
  }
}

/** Where a redirect leads. Not from https to plain http, and not on and on. */
function next(url: string, location: string | undefined, redirects: number): string {
  const { host, protocol } = new URL(url)
  const target = location !== undefined && URL.canParse(location, url) ? new URL(location, url) : undefined
  const isFair = target?.protocol === 'https:' || (target?.protocol === 'http:' && protocol === 'http:')
  if (target === undefined || !isFair)
    throw new FaultError('feed-gone', `${host} sends us to an address that is not followed.`)
  if (redirects >= MOST_REDIRECTS) throw new FaultError('feed-gone', `${host} sends us from one address to the next.`)
  return target.href
}
