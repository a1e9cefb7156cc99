import type { Book, Channel, MarketData, Millis, Ticker, Trade, VenueId } from '../../../shared/market.ts'
import type { Decoded, Want } from '../../exchanges/exchange.ts'
import type { FakeFrame, Style } from './fake-exchange.ts'
import { fakeInstrument } from './fake-exchange.ts'

/** One client connection, as the venue sees it. */
export interface Peer {
  send(text: string): void
  close(): void
}

/** The other side of a fake exchange: subscriptions, trades, REST answers, and faults on command. */
export interface FakeVenue {
  /** Frames received, newest last. */
  readonly heard: string[]
  readonly peers: ReadonlySet<Peer>
  accept(peer: Peer): { receive(text: string): void; close(): void }
  answer(path: string): { status: number; body: string }
  /** Makes a trade: pushed to whoever is subscribed, known to REST. */
  trade(market: string, values?: Partial<Trade> & { at?: Millis; isLost?: boolean }): void
  push(market: string, data: MarketData, at: Millis | undefined, snapshot?: true): void
  /** To all connections, whatever they asked for. */
  say(text: string): void
  disconnect(): void
  /** New connections and requests fail. */
  down: { sockets: boolean; rest: boolean }
  /** Subscriptions that say nothing, as 'BTC trade'. */
  readonly mute: Set<string>
  /** What a new subscription and REST say of a market's book, where it is not the usual one. */
  readonly books: Map<string, Book>
  /** Markets that are listed, and refused all the same. */
  readonly refused: Set<string>
  /** Its refusals do not say of what. */
  isNameless: boolean
}

const BOOK: Book = { kind: 'book', snapshot: true, bids: [['99', '1']], asks: [['101', '2']] }

function ok(value: unknown) {
  return { status: 200, body: JSON.stringify(value) }
}

export function createFakeVenue(options: {
  readonly venue?: VenueId
  readonly style?: Style
  readonly bases?: readonly string[]
  readonly now: () => Millis
}): FakeVenue {
  const { venue = 'kraken', style = 'each', bases = ['BTC', 'ETH', 'XRP', 'SOL'], now } = options
  const heard: string[] = []
  const mute = new Set<string>()
  const refused = new Set<string>()
  const manner = { isNameless: false }
  const books = new Map<string, Book>()
  const bookOf = (market: string): Book => books.get(market) ?? BOOK
  const peers = new Map<Peer, Map<string, Set<Channel>>>()
  const trades = new Map<string, Decoded<Trade>[]>()
  let ids = 0
  const tell = (peer: Peer, frame: FakeFrame) => peer.send(JSON.stringify(frame))
  const tickerOf = (market: string): Ticker => ({
    kind: 'ticker',
    last: trades.get(market)?.at(-1)?.data.price ?? '100',
  })

  const isServed = (market: string) => bases.includes(market) && !refused.has(market)
  const subscribe = (peer: Peer, wants: readonly Want[]) => {
    const unknown = wants.filter((want) => !isServed(want.market))
    if (style !== 'whole')
      for (const { market } of unknown)
        tell(peer, {
          control: manner.isNameless
            ? { control: 'refused', reason: 'unknown topic' }
            : { control: 'refused', market, reason: `unknown market ${market}` },
        })
    if (style === 'all-or-nothing' && unknown.length > 0) return
    const asked =
      style === 'whole' ? new Map<string, Set<Channel>>() : (peers.get(peer) ?? new Map<string, Set<Channel>>())
    peers.set(peer, asked)
    if (style !== 'whole') tell(peer, { control: { control: 'ack' } })
    for (const { market, channels } of wants) {
      if (!isServed(market)) continue
      asked.set(market, new Set([...(asked.get(market) ?? []), ...channels]))
      const last = trades.get(market)?.at(-1)
      const data: Decoded[] = []
      if (last && channels.includes('trade')) data.push({ ...last, snapshot: true })
      if (channels.includes('book')) data.push({ market, at: now(), data: bookOf(market), snapshot: true })
      if (data.length > 0) tell(peer, { data: data.filter((each) => !mute.has(`${market} ${each.data.kind}`)) })
    }
  }
  const push: FakeVenue['push'] = (market, data, at, snapshot) => {
    if (mute.has(`${market} ${data.kind}`)) return
    const decoded: Decoded = { market, data, ...(at === undefined ? {} : { at }), ...(snapshot ? { snapshot } : {}) }
    for (const [peer, asked] of peers) if (asked.get(market)?.has(data.kind as Channel)) tell(peer, { data: [decoded] })
  }

  return {
    heard,
    get peers() {
      return new Set(peers.keys())
    },
    down: { sockets: false, rest: false },
    mute,
    books,
    refused,
    get isNameless() {
      return manner.isNameless
    },
    set isNameless(value) {
      manner.isNameless = value
    },
    accept(peer) {
      peers.set(peer, new Map())
      return {
        receive(text) {
          heard.push(text)
          if (text === 'ping') return tell(peer, { control: { control: 'pong' } })
          const { op, wants } = JSON.parse(text) as { op: string; wants: readonly Want[] }
          if (op === 'subscribe') return subscribe(peer, wants)
          for (const { market, channels } of wants)
            for (const channel of channels) peers.get(peer)?.get(market)?.delete(channel)
          tell(peer, { control: { control: 'ack' } })
        },
        close: () => void peers.delete(peer),
      }
    },
    answer(path) {
      const url = new URL(path, 'http://fake.example')
      const market = url.searchParams.get('market') ?? ''
      if (url.pathname === '/markets') return ok(bases.map((base) => fakeInstrument(venue, base)))
      if (url.pathname === '/tickers')
        return ok(bases.map((each) => ({ market: each, at: now(), data: tickerOf(each) })))
      if (url.pathname === '/trades') return ok((trades.get(market) ?? []).slice(-100))
      if (url.pathname === '/book') return ok({ market, at: now(), data: bookOf(market) })
      return { status: 404, body: '{"error":"not found"}' }
    },
    trade(market, { at = now(), isLost, ...values } = {}) {
      const data: Trade = { kind: 'trade', id: String((ids += 1)), price: '100', size: '1', ...values }
      const list = trades.get(market) ?? []
      trades.set(market, list)
      list.push({ market, at, data })
      if (!isLost) push(market, data, at)
    },
    push,
    say(text) {
      for (const peer of peers.keys()) peer.send(text)
    },
    disconnect() {
      for (const peer of peers.keys()) peer.close()
      peers.clear()
    },
  }
}
