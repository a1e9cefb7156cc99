import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Millis } from '../../../shared/market.ts'
import type { Faults, MalformedShape } from '../faults.ts'
import { DEMO_HEADER } from '../rest.ts'
import { answerNews } from './news.ts'
import type { NewsAnswer } from './news.ts'

export interface NewsDeskOptions {
  readonly faults: Faults
  readonly seed: number
  /** The venues' clock. */
  readonly clock: () => Millis
}

/** Answers for all hosts of news, and whatever faults make of it: a fault's channel is the host that it strikes. */
export function createNewsDesk({ faults, seed, clock }: NewsDeskOptions) {
  /** `url` is below '/news': its first segment is the host. */
  return function answer(request: IncomingMessage, response: ServerResponse, url: URL): void {
    const [, host = '', ...rest] = url.pathname.split('/')
    const target = { venue: 'news', channel: host } as const
    const refusal = faults.holding('refuse', target)
    if (refusal !== undefined && refusal.status === undefined) {
      request.socket.destroy()
      return
    }
    request.resume() // a question's body says nothing that the answer depends on
    const send = () => {
      if (refusal?.status !== undefined) return write(response, refused(refusal.status))
      const plain = answerNews({
        host,
        path: `/${rest.join('/')}`,
        query: url.searchParams,
        method: request.method ?? 'GET',
        authorization: request.headers.authorization,
        seed,
        now: clock(),
        doubled: faults.take('duplicate', target) !== undefined,
      })
      const damage = faults.take('malformed', target)
      write(response, damage === undefined ? plain : { ...plain, body: damaged(plain.body, damage.shape) })
    }
    const delay = faults.holding('slow', target)?.delay ?? 0
    if (delay === 0) send()
    else setTimeout(send, delay)
  }
}

function refused(status: number): NewsAnswer {
  return { status, body: '{"error":"refused on command"}', type: 'application/json' }
}

function damaged(body: string, shape: MalformedShape): string {
  switch (shape) {
    case 'truncated':
      return body.slice(0, Math.floor(body.length / 2))
    case 'not-json':
      return 'service unavailable'
    case 'wrong-type':
      return '{"data":"none"}'
    case 'huge':
      return ' '.repeat(6 * 1024 * 1024) + body
  }
}

const RETRY_AFTER = '2'

function write(response: ServerResponse, { status, body, type }: NewsAnswer): void {
  const headers = {
    'Content-Type': type,
    [DEMO_HEADER]: '1',
    ...(status === 429 ? { 'Retry-After': RETRY_AFTER } : {}),
  }
  response.writeHead(status, headers).end(body)
}
