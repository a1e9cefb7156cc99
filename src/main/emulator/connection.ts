/** One client's socket: keeps the venue's rules of conduct, and carries frames through delays and silences. */

import type { Socket } from 'node:net'
import type { RawData, WebSocket } from 'ws'
import type { Millis } from '../../shared/market.ts'
import type { Timings } from './options.ts'
import type { Answer, SocketRules } from './venue.ts'
import { createWindow } from './window.ts'

/** What the owner of a connection decides. */
export interface ConnectionPort {
  readonly rules: SocketRules
  readonly limits: boolean
  readonly timings: Timings
  /** What faults do to this socket now. */
  isSilent(): boolean
  delay(): Millis
  /** Answers a frame of the client; what is left to do is the connection's. */
  onText(text: string): Pick<Answer, 'beat' | 'close'>
  onClose(): void
  /** The venue is about to cut the connection of its own will. */
  farewell(): string | undefined
}

export interface Connection {
  /** Sends a frame, or queues it where the venue is slow. False: the socket is silent or gone. */
  send(data: string | Buffer): boolean
  /** Gives everything queued of this turn to the system at once. */
  flush(): void
  /** Keeps time: queued frames, beats, idle and lifetime cuts. Called every few milliseconds. */
  turn(now: Millis): void
  /** Without a code: broken off. */
  close(code?: number, after?: Millis): void
}

/** A client that reads so slowly is cut, as venues do. */
const MOST_BUFFERED = 64 * 1024 * 1024
const TOO_MANY = 1008
const GOING_AWAY = 1001

export function createConnection(socket: WebSocket, wire: Socket, port: ConnectionPort, now: () => Millis): Connection {
  const { rules, timings } = port
  const windows = rules.frames.map(createWindow)
  const idle = rules.idle === undefined ? undefined : (timings.idle ?? rules.idle)
  const mute = rules.mute === undefined ? idle : (timings.idle ?? rules.mute)
  const quiet = rules.quiet && { ...rules.quiet, within: timings.idle ?? rules.quiet.within }
  const lifetime = rules.lifetime === undefined ? undefined : (timings.lifetime ?? rules.lifetime)
  const firstWithin = rules.firstWithin === undefined ? undefined : (timings.idle ?? rules.firstWithin)
  const pingEvery = rules.ping && (timings.pingEvery ?? rules.ping.every)
  const pongWithin = rules.ping && (timings.pongWithin ?? rules.ping.within)
  const openedAt = now()
  let heardAt = openedAt
  let saidAt = openedAt
  let pingedAt = openedAt
  let spoken = false
  let awaiting: { readonly payload: string; readonly since: Millis } | undefined
  let beat: (NonNullable<Answer['beat']> & { next: Millis }) | undefined
  let closing: { readonly code: number | undefined; readonly at: Millis } | undefined
  let waiting: { readonly data: string | Buffer; readonly at: Millis }[] = []
  let corked = false

  function write(data: string | Buffer): void {
    if (socket.readyState !== socket.OPEN) return
    if (!corked) {
      corked = true
      wire.cork()
    }
    socket.send(data, { binary: rules.binary })
    saidAt = now()
    if (socket.bufferedAmount > MOST_BUFFERED) socket.terminate()
  }

  function send(data: string | Buffer): boolean {
    if (socket.readyState !== socket.OPEN || port.isSilent()) return false
    const delay = port.delay()
    if (delay > 0 || waiting.length > 0) waiting.push({ data, at: now() + delay })
    else write(data)
    return true
  }

  function flush(): void {
    if (!corked) return
    corked = false
    wire.uncork()
  }

  function close(code?: number, after: Millis = 0): void {
    closing ??= { code, at: now() + after }
    if (after === 0) finish()
  }

  function finish(): void {
    flush()
    if (closing?.code === undefined) socket.terminate()
    else socket.close(closing.code)
  }

  function isAllowed(): boolean {
    if (!port.limits || windows.every((window) => window.take(now()))) return true
    close(TOO_MANY)
    return false
  }

  function hear(data: RawData): void {
    heardAt = now()
    spoken = true
    // Frames that come while an error closes the socket change nothing any more.
    if (!isAllowed() || closing !== undefined) return
    const answer = port.onText(toText(data))
    if (answer.beat !== undefined) beat ??= { ...answer.beat, next: heardAt + answer.beat.every }
    if (answer.close !== undefined) close(answer.close.code, answer.close.after)
    flush()
  }

  socket.on('message', hear)
  socket.on('ping', (data) => {
    heardAt = now()
    if (rules.countsPings && !isAllowed()) return
    if (!port.isSilent()) socket.pong(data)
  })
  socket.on('pong', (data) => {
    heardAt = now()
    if (data.toString() === awaiting?.payload) awaiting = undefined
    else if (rules.countsPings) isAllowed()
  })
  socket.on('close', () => port.onClose())
  // A client that breaks the protocol or the connection closes the socket; nothing else is to be done about it.
  socket.on('error', () => socket.terminate())

  function turn(moment: Millis): void {
    if (closing !== undefined && moment >= closing.at) return finish()
    const due = waiting.findIndex((each) => each.at > moment)
    for (const { data } of waiting.splice(0, due === -1 ? waiting.length : due)) write(data)
    if (beat !== undefined && moment >= beat.next) {
      beat.next = moment + beat.every
      send(beat.text)
    }
    const patience = heardAt === openedAt ? mute : idle
    if (patience !== undefined && moment - heardAt >= patience) close()
    if (firstWithin !== undefined && !spoken && moment - openedAt >= firstWithin) close()
    if (quiet !== undefined && moment - Math.max(heardAt, saidAt) >= quiet.within) close(quiet.code)
    if (lifetime !== undefined && moment - openedAt >= lifetime && closing === undefined) {
      const words = port.farewell()
      if (words !== undefined) send(words)
      close(GOING_AWAY, words === undefined ? 0 : 1_000)
    }
    keepAlive(moment)
    flush()
  }

  function keepAlive(moment: Millis): void {
    if (pingEvery === undefined || pongWithin === undefined) return
    if (awaiting !== undefined && moment - awaiting.since >= pongWithin) return close(GOING_AWAY)
    if (moment - pingedAt < pingEvery || port.isSilent() || socket.readyState !== socket.OPEN) return
    pingedAt = moment
    const payload = String(Math.floor(moment))
    awaiting ??= { payload, since: moment }
    socket.ping(awaiting.payload)
  }

  return { send, flush, turn, close }
}

function toText(data: RawData): string {
  if (Buffer.isBuffer(data)) return data.toString()
  return Array.isArray(data) ? Buffer.concat(data).toString() : Buffer.from(data).toString()
}
