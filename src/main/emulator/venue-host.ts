/** One venue at work: who listens to what, and what faults make of it on the way. */

import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'
import type { Millis } from '../../shared/market.ts'
import { createBoard } from './board.ts'
import { createConnection } from './connection.ts'
import type { Connection } from './connection.ts'
import { damage } from './damage.ts'
import type { EmulatorFault, Faults } from './faults.ts'
import type { MarketModel, ModelTrade } from './model.ts'
import type { Timings } from './options.ts'
import type { SentRecord } from './record.ts'
import { createScene } from './scene.ts'
import type { OpenScene } from './scene.ts'
import type { EmulatedVenue, Print, Session, Topic } from './venue.ts'

export interface VenueHostOptions {
  readonly venue: EmulatedVenue
  readonly markets: ReadonlyMap<string, MarketModel>
  readonly faults: Faults
  readonly record: SentRecord
  readonly limits: boolean
  readonly timings: Timings
  /** Model time: everything before has happened. */
  readonly modelAt: () => Millis
  /** The machine's own clock, for durations. */
  readonly now: () => Millis
}

export interface VenueHost {
  readonly venue: EmulatedVenue
  readonly scene: OpenScene
  /** Takes over a socket whose client asked for this address. */
  accept(socket: WebSocket, wire: Socket, session: Session): void
  onTrade(market: MarketModel, trade: ModelTrade): void
  onTick(at: Millis): void
  /** Sends a recorded frame to every socket that has subscribed to anything. */
  replay(frame: string): void
  turn(now: Millis): void
  disconnect(fault: Extract<EmulatorFault, { kind: 'disconnect' | 'shutdown' }>): void
  readonly sockets: number
  readonly subscribed: number
  /** Data frames handed to sockets, since the start. */
  readonly framesSent: number
}

interface Client {
  readonly connection: Connection
  session: Session
  /** Frames so far, those that were lost among them. */
  count: number
  last?: string | Buffer
  /** Repeats of the last frame that a flood still owes. */
  owed: number
}

interface Held {
  readonly market: MarketModel
  readonly trade: ModelTrade
  /** Undefined: after the market's next trade. */
  readonly at: Millis | undefined
}

export function createVenueHost(options: VenueHostOptions): VenueHost {
  const { venue, markets, faults, record, limits, timings, modelAt, now } = options
  const { id } = venue
  const scene = createScene(venue, markets, {
    at: modelAt,
    skew: () => faults.skew(id),
    isRefused: (market) => faults.holding('refuse-market', { venue: id, market }) !== undefined,
  })
  const board = createBoard(scene)
  const clients = new Set<Client>()
  const listeners = new Map<string, Set<Client>>()
  let held: Held[] = []
  let framesSent = 0
  let turnedAt = now()

  const toData = (text: string) => (venue.rules.binary ? Buffer.from(text) : text)

  /** Data as this client gets them. */
  function toOwn(client: Client, data: string | Buffer): string | Buffer {
    if (venue.number === undefined || typeof data !== 'string') return data
    client.count += 1
    return venue.number(data, client.session, client.count - 1)
  }

  function deliver(client: Client, data: string | Buffer): boolean {
    if (!client.connection.send(toOwn(client, data))) return false
    client.last = data
    framesSent += 1
    return true
  }

  /** To all that listen. Returns how many got it whole. */
  function publish(topic: Topic, text: string, receivers: Iterable<Client>, isSnapshot = false): number {
    const target = { venue: id, channel: topic.channel, ...(topic.market !== undefined && { market: topic.market }) }
    const silence = faults.holding('silence', target)
    if (silence !== undefined && !(isSnapshot && silence.snapshots === true)) return 0
    if (topic.channel === 'book' && faults.take('gap', target) !== undefined) {
      for (const client of receivers) client.count += 1
      return 0
    }
    const damaged = faults.take('malformed', target)
    const data = toData(damaged === undefined ? text : damage(text, damaged))
    let count = 0
    for (const client of receivers) if (deliver(client, data)) count += 1
    return damaged === undefined ? count : 0
  }

  function sayTrade(market: MarketModel, trade: ModelTrade): void {
    let listened = false
    let sent = 0
    let print: Print | undefined
    const say = () =>
      board.onTrade(market, trade, (topic, text, said) => {
        const count = publish(topic, text, listeners.get(topic.key) ?? [])
        if (topic.channel !== 'trade') return
        listened = true
        print = said
        sent += count
      })
    say()
    if (faults.take('duplicate', targetOf(market)) !== undefined) say()
    if (listened && print !== undefined) record.add(market, print, sent)
  }

  const targetOf = (market: MarketModel) => ({ venue: id, market: market.spec.symbol, channel: 'trade' })

  function onTrade(market: MarketModel, trade: ModelTrade): void {
    if (faults.take('gap', targetOf(market)) !== undefined) return keepUnsent(market, trade)
    const absurd = faults.take('absurd', targetOf(market))
    const told = absurd === undefined ? trade : { ...trade, price: trade.price * (absurd.factor ?? 10) }
    const disorder = faults.take('disorder', targetOf(market))
    if (disorder !== undefined) {
      held.push({ market, trade: told, at: disorder.by === undefined ? undefined : now() + disorder.by })
      return
    }
    sayTrade(market, told)
    if (held.length > 0) release((each) => each.at === undefined && each.market === market)
  }

  function release(isDue: (each: Held) => boolean): void {
    const due = held.filter(isDue)
    if (due.length === 0) return
    held = held.filter((each) => !isDue(each))
    for (const { market, trade } of due) sayTrade(market, trade)
  }

  /** A trade that a fault holds back is in the record all the same, as not sent. */
  function keepUnsent(market: MarketModel, trade: ModelTrade): void {
    const isListened = board.listensTo(market.spec.symbol, 'trade')
    if (isListened) record.add(market, scene.print(market, trade), 0)
  }

  function follow(client: Client, session: Session): void {
    const keys = new Set(session.topics.map((topic) => topic.key))
    for (const { key } of client.session.topics) if (!keys.has(key)) leave(client, key)
    for (const topic of session.topics) {
      let group = listeners.get(topic.key)
      if (group === undefined) {
        listeners.set(topic.key, (group = new Set()))
        board.add(topic)
      }
      group.add(client)
    }
    client.session = session
  }

  function leave(client: Client, key: string): void {
    const group = listeners.get(key)
    group?.delete(client)
    if (group?.size !== 0) return
    listeners.delete(key)
    board.remove(key)
  }

  function isSilent(): boolean {
    const silence = faults.holding('silence', { venue: id })
    return silence !== undefined && silence.snapshots !== true
  }

  function accept(socket: WebSocket, wire: Socket, session: Session): void {
    const connection = createConnection(
      socket,
      wire,
      {
        rules: venue.rules,
        limits,
        timings,
        isSilent,
        delay: () => faults.holding('slow', { venue: id })?.delay ?? 0,
        onText(text) {
          const answer = venue.receive(text, client.session, scene)
          follow(client, answer.session)
          for (const reply of answer.replies) connection.send(toOwn(client, toData(reply)))
          for (const topic of answer.snapshots) {
            const snapshot = board.snapshot(topic)
            if (snapshot !== undefined) publish(topic, snapshot, [client], true)
          }
          for (const reply of answer.afterwards ?? []) connection.send(toOwn(client, toData(reply)))
          return answer
        },
        onClose() {
          clients.delete(client)
          for (const { key } of client.session.topics) leave(client, key)
        },
        farewell: () => venue.farewell?.(client.session, scene),
      },
      now,
    )
    const client: Client = { connection, session: { ...session, topics: [] }, count: 0, owed: 0 }
    const { most } = venue.rules
    if (limits && most !== undefined && clients.size >= most.count) return connection.close(most.code)
    clients.add(client)
    follow(client, session)
    const greeting = venue.greet?.(session, scene)
    if (greeting !== undefined) connection.send(toData(greeting))
    connection.flush()
  }

  function turn(moment: Millis): void {
    if (held.length > 0) release((each) => each.at !== undefined && each.at <= moment)
    const flood = faults.holding('flood', { venue: id })
    const elapsed = moment - turnedAt
    turnedAt = moment
    for (const client of clients) {
      if (flood !== undefined) repeat(client, (flood.rate * elapsed) / 1_000)
      client.connection.turn(moment)
    }
  }

  function repeat(client: Client, share: number): void {
    client.owed += share
    for (; client.owed >= 1; client.owed -= 1) if (client.last !== undefined) deliver(client, client.last)
  }

  function disconnect(fault: Extract<EmulatorFault, { kind: 'disconnect' | 'shutdown' }>): void {
    for (const { connection, session } of clients) {
      if (fault.kind === 'disconnect') {
        connection.close(fault.code)
        continue
      }
      const words = venue.farewell?.(session, scene)
      if (words !== undefined) connection.send(toData(words))
      connection.flush()
      connection.close(1001, fault.after ?? 1_000)
    }
  }

  return {
    venue,
    scene,
    accept,
    onTrade,
    onTick: (at) => board.onTick(at, (topic, text) => void publish(topic, text, listeners.get(topic.key) ?? [])),
    replay(frame) {
      const data = toData(frame)
      for (const client of clients) if (client.session.topics.length > 0) deliver(client, data)
    },
    turn,
    disconnect,
    get sockets() {
      return clients.size
    },
    get subscribed() {
      return listeners.size
    },
    get framesSent() {
      return framesSent
    },
  }
}
