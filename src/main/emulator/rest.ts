/** Answers a venue's REST calls under its limits, and whatever faults make of them. */

import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Millis } from '../../shared/market.ts'
import type { Faults } from './faults.ts'
import type { EmulatedVenue, RestAnswer, Scene } from './venue.ts'
import { createWindow } from './window.ts'
import type { Window } from './window.ts'

export interface RestDesk {
  /** Answers a call below the venue's root. */
  answer(request: IncomingMessage, response: ServerResponse, url: URL): void
  /** Calls answered, since the start. */
  readonly calls: number
}

export interface RestDeskOptions {
  readonly venue: EmulatedVenue
  readonly scene: Scene
  readonly faults: Faults
  readonly limits: boolean
  /** Counts requests with an Origin header, sockets and REST together. */
  readonly origin: Window | undefined
  readonly now: () => Millis
}

export const DEMO_HEADER = 'X-Tapedeck-Demo'
const RETRY_AFTER: Readonly<Record<number, string>> = { 418: '120', 429: '1', 503: '5' }

export function createRestDesk({ venue, scene, faults, limits, origin, now }: RestDeskOptions): RestDesk {
  const { rest, id } = venue
  const windows = new Map(Object.entries(rest.limits).map(([group, limit]) => [group, createWindow(limit)]))
  let calls = 0

  function refuse(status: number): RestAnswer {
    return { status, body: rest.refusal(status) }
  }

  function answer(request: IncomingMessage, response: ServerResponse, url: URL): void {
    calls += 1
    const refusal = faults.holding('refuse', { venue: id, channel: 'rest' })
    if (refusal !== undefined && refusal.status === undefined) {
      request.socket.destroy()
      return
    }
    const delay = faults.holding('slow', { venue: id })?.delay ?? 0
    const send = () =>
      write(response, refusal?.status === undefined ? serve(request, url) : { ...refuse(refusal.status), headers: {} })
    if (delay === 0) send()
    else setTimeout(send, delay)
  }

  function serve(
    request: IncomingMessage,
    url: URL,
  ): RestAnswer & { readonly headers: Readonly<Record<string, string>> } {
    if (limits && request.headers.origin !== undefined && origin?.take(now()) === false)
      return { ...refuse(429), headers: {} }
    for (const route of rest.routes) {
      const match = route.path.exec(url.pathname)
      if (match === null) continue
      const query = { match: [...match], query: url.searchParams }
      const window = windows.get(route.group)
      const isAllowed = window?.take(now(), route.weight(query)) ?? true
      const headers = rest.usage(route.group, window?.used(now()) ?? 0)
      return { ...(isAllowed || !limits ? route.answer(scene, query) : (rest.limited ?? refuse(429))), headers }
    }
    return { ...refuse(404), headers: {} }
  }

  return {
    answer,
    get calls() {
      return calls
    },
  }
}

function write(
  response: ServerResponse,
  { status, body, headers }: RestAnswer & { readonly headers: Readonly<Record<string, string>> },
): void {
  const retry = RETRY_AFTER[status]
  response.writeHead(status, {
    'Content-Type': 'application/json;charset=UTF-8',
    [DEMO_HEADER]: '1',
    ...headers,
    ...(retry !== undefined && { 'Retry-After': retry }),
  })
  response.end(body)
}
