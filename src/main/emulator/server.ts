/** The emulated exchanges on loopback: one HTTP server, each venue below its own first path segment. */

import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { Millis, VenueId } from '../../shared/market.ts'
import { runCommand } from './control.ts'
import type { EmulatorStats } from './control.ts'
import { createFaults } from './faults.ts'
import type { EmulatorFault } from './faults.ts'
import { createMarketplace } from './marketplace.ts'
import { createNewsDesk } from './news/desk.ts'
import type { EmulatorOptions } from './options.ts'
import { createRecord } from './record.ts'
import type { SentAnswer, SentQuery } from './record.ts'
import { createPlayer, readRecording } from './replay.ts'
import { createRestDesk, DEMO_HEADER } from './rest.ts'
import type { RestDesk } from './rest.ts'
import { createVenueHost } from './venue-host.ts'
import type { VenueHost } from './venue-host.ts'
import type { EmulatedVenue } from './venue.ts'
import { EMULATED } from './venues.ts'
import { createWindow } from './window.ts'
import type { Window } from './window.ts'

export interface EmulatorServer {
  readonly port: number
  readonly venues: readonly VenueId[]
  inject(fault: EmulatorFault): void
  sent(query: SentQuery): SentAnswer
  stats(): EmulatorStats
  close(): Promise<void>
}

const ROOT = 'http://emulator'
const TURN: Millis = 10
/** A trade is sent this long after it happened: no venue is faster, and no frame is ever ahead of its own time. */
const LATENCY: Millis = 8
/** Further behind than this, the machine slept: what happened meanwhile is left out. */
const MOST_BEHIND: Millis = 5_000
const STATUS_TEXTS: Readonly<Record<number, string>> = {
  404: 'Not Found',
  418: "I'm a teapot",
  429: 'Too Many Requests',
  451: 'Unavailable For Legal Reasons',
  503: 'Service Unavailable',
}

const now = () => performance.now()

/** What stands below a venue's path. */
interface Post {
  readonly venue: EmulatedVenue
  readonly host: VenueHost
  readonly desk: RestDesk
  readonly origin: Window | undefined
  readonly connects: Window
}

export async function openServer(options: EmulatorOptions & { readonly token: string }): Promise<EmulatorServer> {
  const { seed = 1, rate = 60, speed = 1, limits = true, timings = {} } = options
  const venues = EMULATED.filter((venue) => options.venues?.includes(venue.id) ?? true)
  const openedAt = now()
  const start = Math.floor(options.start ?? Date.now())
  const clock = () => start + (now() - openedAt) * speed

  const faults = createFaults(now)
  const record = createRecord(options.record ?? 500_000)
  const player = options.replay === undefined ? undefined : createPlayer(await readRecording(options.replay))
  const marketplace = createMarketplace({ seed, rate, start, venues })
  let modelAt = start
  let made = 0

  const posts = new Map<string, Post>(
    venues.map((venue) => {
      const markets = marketplace.markets.get(venue.id) ?? new Map()
      const host = createVenueHost({ venue, markets, faults, record, limits, timings, modelAt: () => modelAt, now })
      const origin = venue.rules.origin && createWindow(venue.rules.origin)
      const desk = createRestDesk({ venue, scene: host.scene, faults, limits, origin, now })
      return [venue.id, { venue, host, desk, origin, connects: createWindow(venue.rules.connects) }] as const
    }),
  )

  function advance(): void {
    const to = Math.floor(clock() - LATENCY * speed)
    if (to - modelAt > MOST_BEHIND * speed) marketplace.skip(Math.floor(to - TURN * speed))
    for (const happening of marketplace.until(to)) {
      modelAt = happening.at
      if (happening.kind === 'trade') {
        made += 1
        if (player === undefined) posts.get(happening.market.venue)?.host.onTrade(happening.market, happening.trade)
      } else if (player === undefined) {
        for (const { host } of posts.values()) host.onTick(happening.at)
      }
    }
    modelAt = Math.max(modelAt, to)
  }

  const timer = setInterval(() => {
    advance()
    const moment = now()
    for (const { venue, host } of posts.values()) {
      for (const frame of player?.(venue.id, host.subscribed > 0, moment) ?? []) host.replay(frame)
      host.turn(moment)
    }
  }, TURN)

  function inject(fault: EmulatorFault): void {
    faults.start(fault)
    if (fault.kind !== 'disconnect' && fault.kind !== 'shutdown') return
    for (const { venue, host } of posts.values()) {
      if (fault.venue === undefined || fault.venue === venue.id) host.disconnect(fault)
    }
  }

  function stats(): EmulatorStats {
    return {
      now: Math.floor(clock()),
      trades: made,
      recorded: record.size,
      memory: process.memoryUsage.rss(),
      cpu: process.cpuUsage().user + process.cpuUsage().system,
      venues: Object.fromEntries(
        [...posts.values()].map(({ venue, host, desk }) => [
          venue.id,
          { sockets: host.sockets, topics: host.subscribed, frames: host.framesSent, calls: desk.calls },
        ]),
      ),
    }
  }

  const sent = (query: SentQuery) => record.query(query)
  const control = { inject, sent, stats }

  const news = createNewsDesk({ faults, seed, clock: () => Math.floor(clock()) })
  const http = createServer((request, response) => {
    const { post, isNews, url } = route(request)
    if (post !== undefined) post.desk.answer(request, response, url)
    else if (isNews) news(request, response, url)
    else if (url.pathname === '/control') void runCommand(request, response, options.token, control)
    else notFound(response)
  })
  const sockets = new WebSocketServer({ noServer: true, autoPong: false, maxPayload: 1024 * 1024 })
  sockets.on('headers', (headers) => headers.push(`${DEMO_HEADER}: 1`))

  function route(request: IncomingMessage) {
    // A client may ask for anything; what is no path at all is an unknown one.
    const url = new URL(URL.canParse(request.url ?? '', ROOT) ? (request.url ?? '/') : '/', ROOT)
    const [, first = ''] = url.pathname.split('/')
    const post = posts.get(first)
    const isNews = first === 'news'
    if (post !== undefined || isNews) url.pathname = url.pathname.slice(first.length + 1)
    return { post, isNews, url }
  }

  http.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const { post, url } = route(request)
    if (post === undefined || !(stream instanceof Socket)) return reject(stream, 404)
    const refusal = faults.holding('refuse', { venue: post.venue.id, channel: 'ws' })
    if (refusal !== undefined) return reject(stream, refusal.status)
    const isOverLimit =
      !post.connects.take(now()) || (request.headers.origin !== undefined && post.origin?.take(now()) === false)
    if (limits && isOverLimit) return reject(stream, 429)
    const session = post.venue.open(url, post.host.scene)
    if (session === undefined) return reject(stream, 404)
    stream.setNoDelay(true)
    sockets.handleUpgrade(request, stream, head, (socket) => post.host.accept(socket, stream, session))
  })

  await new Promise<void>((resolve, reject) => {
    http.once('error', reject)
    http.listen(options.port ?? 0, '127.0.0.1', resolve)
  })

  return {
    port: (http.address() as AddressInfo).port,
    venues: venues.map((venue) => venue.id),
    inject,
    sent,
    stats,
    async close() {
      clearInterval(timer)
      for (const socket of sockets.clients) socket.terminate()
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
}

/** Answers a handshake with a status, or without one drops it. */
function reject(stream: Duplex, status: number | undefined): void {
  // The client may already be gone.
  stream.on('error', () => stream.destroy())
  if (status === undefined) {
    stream.destroy()
    return
  }
  const text = STATUS_TEXTS[status] ?? 'Refused'
  stream.end(`HTTP/1.1 ${status} ${text}\r\n${DEMO_HEADER}: 1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

function notFound(response: ServerResponse): void {
  response.writeHead(404, { [DEMO_HEADER]: '1' }).end()
}
