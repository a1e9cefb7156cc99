import { afterEach, beforeEach, expect, test } from 'vitest'
import { eventually, refusedWith } from './testing/client.ts'
import type { Client } from './testing/client.ts'
import { openTestMarket } from './testing/market.ts'
import type { TestMarket } from './testing/market.ts'
import { checkFault } from './faults.ts'
import type { EmulatorFault } from './faults.ts'

let market: TestMarket
beforeEach(async () => {
  market = await openTestMarket({ rate: 600 })
})
afterEach(() => market.close())

const BTC = { venue: 'binance', market: 'BTCUSDT' } as const

interface Trade {
  readonly s: string
  readonly t: number
  readonly T: number
  readonly p: string
}

/** A client of Binance's trades of two markets, with its first trade already there. */
async function listen(names = 'btcusdt@trade/ethusdt@trade'): Promise<Client> {
  const client = await market.client(`/binance/stream?streams=${names}`)
  await client.next()
  return client
}

function tradesOf(client: Client, symbol = 'BTCUSDT'): readonly Trade[] {
  return client.frames.flatMap((frame) => {
    try {
      const { data } = JSON.parse(frame) as { data?: Trade & { e: string } }
      return data?.e === 'trade' && data.s === symbol ? [data] : []
    } catch {
      return []
    }
  })
}

/** Ids of the market's trades after the fault, once `count` more have come. */
async function idsAfter(client: Client, fault: EmulatorFault, count = 20): Promise<readonly number[]> {
  const before = tradesOf(client).length
  market.server.inject(fault)
  await eventually('more trades', () => (tradesOf(client).length >= before + count ? true : undefined))
  return tradesOf(client)
    .slice(before)
    .map(({ t }) => t)
}

const steps = (ids: readonly number[]) => ids.slice(1).map((id, nth) => id - (ids[nth] ?? 0))

test('A-08 gap: the next trades are not sent, ids go on, and REST still has them', async () => {
  const client = await listen()
  await idsAfter(client, { kind: 'reset' }, 3)
  const last = tradesOf(client).at(-1)?.t ?? 0
  const [first = 0] = await idsAfter(client, { kind: 'gap', ...BTC, count: 5 })
  const lost = Array.from({ length: first - last - 1 }, (_, nth) => last + 1 + nth)
  expect(lost.length).toBeGreaterThanOrEqual(5)
  const { body } = await market.rest('/binance/api/v3/trades?symbol=BTCUSDT&limit=1000')
  const known = new Set((JSON.parse(body) as { id: number }[]).map(({ id }) => id))
  expect(lost.every((id) => known.has(id))).toBe(true)
  expect(market.server.sent(BTC).trades.filter(({ sent }) => sent === 0).length).toBe(5)
})

test('A-08 gap in a book breaks the chain of update ids', async () => {
  const client = await market.client('/binance/ws/btcusdt@depth@100ms')
  await client.next()
  market.server.inject({ kind: 'gap', ...BTC, channel: 'book', count: 2 })
  await eventually('more changes', () => (client.frames.length >= 6 ? true : undefined))
  const diffs = client.frames.map((frame) => JSON.parse(frame) as { U: number; u: number })
  const breaks = diffs.slice(1).filter(({ U }, nth) => U !== (diffs[nth]?.u ?? 0) + 1)
  expect(breaks.length).toBe(1)
})

test('A-08 duplicate: the next trades come twice', async () => {
  const client = await listen()
  const ids = await idsAfter(client, { kind: 'duplicate', ...BTC, count: 3 })
  expect(steps(ids).filter((step) => step === 0).length).toBe(3)
  expect(market.server.sent(BTC).trades.filter(({ sent }) => sent === 2).length).toBe(3)
})

test('A-08 disorder: a trade changes places with the next one, or comes late', async () => {
  const client = await listen()
  const swapped = await idsAfter(client, { kind: 'disorder', ...BTC, count: 1 })
  expect(steps(swapped).filter((step) => step === -1).length).toBe(1)
  const before = tradesOf(client).length
  market.server.inject({ kind: 'disorder', ...BTC, count: 1, by: 1_500 }) // others come meanwhile
  const late = () =>
    tradesOf(client)
      .slice(before)
      .map(({ t }) => t)
  await eventually('the late trade', () => (steps(late()).some((step) => step < 0) ? true : undefined))
  expect(new Set(late()).size).toBe(late().length)
})

test('A-08 absurd: the next trades carry ten times the price', async () => {
  const client = await listen()
  const before = tradesOf(client).length
  await idsAfter(client, { kind: 'absurd', ...BTC, count: 2 })
  const prices = tradesOf(client)
    .slice(before)
    .map(({ p }) => Number(p))
  const least = Math.min(...prices)
  expect(prices.filter((price) => price > 9 * least).length).toBe(2)
})

test('A-08 silence of one market leaves the others talking', async () => {
  const client = await listen()
  market.server.inject({ kind: 'silence', ...BTC, for: 60_000 })
  const lastSaid = Number(market.server.sent(BTC).trades.at(-1)?.id ?? 0)
  const busy = tradesOf(client, 'ETHUSDT').length
  await eventually('other trades', () => (tradesOf(client, 'ETHUSDT').length > busy + 20 ? true : undefined))
  expect(tradesOf(client).filter(({ t }) => t > lastSaid)).toEqual([])
  market.server.inject({ kind: 'reset' })
  await eventually('its trades again', () => (tradesOf(client).some(({ t }) => t > lastSaid) ? true : undefined))
})

test('A-08 silence of a whole socket answers not even pings', async () => {
  const client = await listen()
  let pongs = 0
  client.socket.on('pong', () => (pongs += 1))
  market.server.inject({ kind: 'silence', venue: 'binance', for: 60_000 })
  const last = Math.max(...market.server.sent({ venue: 'binance' }).trades.map(({ at }) => at))
  client.socket.ping()
  client.send({ method: 'LIST_SUBSCRIPTIONS', id: 1 })
  await eventually('unsent trades', () =>
    market.server.sent({ venue: 'binance' }).trades.filter(({ sent }) => sent === 0).length > 20 ? true : undefined,
  )
  market.server.inject({ kind: 'reset' })
  await eventually('talk again', () => (tradesOf(client).some(({ T }) => T > last) ? true : undefined))
  expect([pongs, client.frames.some((frame) => frame.includes('"result"'))]).toEqual([0, false])
})

test('A-16 silence that keeps snapshots: one whole book, and then nothing', async () => {
  market.server.inject({ kind: 'silence', venue: 'upbit', for: 60_000, snapshots: true })
  const client = await market.client('/upbit/websocket/v1')
  client.send([{ ticket: 't' }, { type: 'orderbook', codes: ['KRW-BTC'] }, { type: 'trade', codes: ['KRW-BTC'] }])
  await eventually('unsent trades', () =>
    market.server.sent({ venue: 'upbit' }).trades.filter(({ sent }) => sent === 0).length > 5 ? true : undefined,
  )
  const frames = client.frames.map((frame) => JSON.parse(frame) as { type: string; stream_type: string })
  expect(frames.map(({ type, stream_type }) => `${type} ${stream_type}`)).toEqual([
    'orderbook SNAPSHOT',
    'trade SNAPSHOT',
  ])
})

test.each([
  [{ kind: 'disconnect', venue: 'binance', code: 1012 } as const, 1012],
  [{ kind: 'disconnect' } as const, 1006],
  [{ kind: 'shutdown', venue: 'binance', after: 50 } as const, 1001],
])('A-08 disconnect: %j', async (fault, code) => {
  const client = await listen()
  market.server.inject(fault)
  expect(await client.ended()).toBe(code)
  expect(client.frames.some((frame) => frame.includes('serverShutdown'))).toBe(fault.kind === 'shutdown')
})

test('disconnecting one venue leaves the other connected', async () => {
  const [client, other] = [await listen(), await market.client('/upbit/websocket/v1')]
  market.server.inject({ kind: 'disconnect', venue: 'binance' })
  await client.ended()
  other.send('PING')
  expect(await other.next()).toBe('{"status":"UP"}')
})

test.each([
  [429, 429],
  [451, 451],
  [undefined, 'ECONNRESET'],
])('refuse: connects and calls fail with %s while it lasts', async (status, seen) => {
  market.server.inject({ kind: 'refuse', venue: 'upbit', for: 60_000, ...(status !== undefined && { status }) })
  expect(await refusedWith(market.ws('/upbit/websocket/v1')).catch(String)).toSatisfy(
    (given) => given === seen || (status === undefined && /hang up|ECONNRESET/.test(String(given))),
  )
  const rest = await market.rest('/upbit/v1/market/all').catch(() => undefined)
  expect(rest?.status).toBe(status)
  expect((await market.rest('/binance/api/v3/ping')).status).toBe(200)
  market.server.inject({ kind: 'reset' })
  expect((await market.rest('/upbit/v1/market/all')).status).toBe(200)
})

test.each([
  ['truncated', (frame: string) => frame.startsWith('{"stream"') && !frame.endsWith('}')],
  ['not-json', (frame: string) => frame.startsWith('<html>')],
  ['wrong-type', (frame: string) => frame.includes('"p":{"value":[]}')],
  ['huge', (frame: string) => frame.length > 1_000_000],
] as const)('malformed: %s', async (shape, isDamaged) => {
  const client = await listen()
  market.server.inject({ kind: 'malformed', ...BTC, shape, count: 1, bytes: 2_000_000 })
  await client.next(isDamaged)
  await client.next((frame) => frame.includes('BTCUSDT'))
  expect(client.frames.filter(isDamaged).length).toBe(1)
})

test('refuse-market: the market is as if it were not listed', async () => {
  market.server.inject({ kind: 'refuse-market', ...BTC })
  const client = await market.client('/binance/stream?streams=btcusdt@trade/ethusdt@trade')
  await eventually('trades', () => (client.frames.length > 20 ? true : undefined))
  expect(tradesOf(client).length).toBe(0)
  expect((await market.rest('/binance/api/v3/trades?symbol=BTCUSDT')).body).toBe(
    '{"code":-1121,"msg":"Invalid symbol."}',
  )
})

test('slow: frames come late and in order', async () => {
  const client = await listen()
  market.server.inject({ kind: 'slow', venue: 'binance', delay: 300, for: 60_000 })
  const before = client.frames.length
  await eventually('late trades', () => (client.frames.length > before + 20 ? true : undefined))
  const { T = 0 } = tradesOf(client).at(-1) ?? {}
  expect(market.server.stats().now - T).toBeGreaterThanOrEqual(300)
  expect(new Set(steps(tradesOf(client).map(({ t }) => t)))).toEqual(new Set([1]))
})

test('flood: the last frame again and again, at the asked-for rate', async () => {
  const client = await listen()
  market.server.inject({ kind: 'flood', venue: 'binance', rate: 20_000, for: 300 })
  await eventually('a flood', () => (client.frames.length > 4_000 ? true : undefined))
  expect(new Set(client.frames).size).toBeLessThan(client.frames.length / 4)
})

test('skew: the venue’s clock is ahead, in frames and over REST, and ids stay', async () => {
  const client = await listen()
  const ids = await idsAfter(client, { kind: 'skew', venue: 'binance', offset: 60_000 })
  const { serverTime } = JSON.parse((await market.rest('/binance/api/v3/time')).body) as { serverTime: number }
  const ahead = [serverTime, tradesOf(client).at(-1)?.T ?? 0].map((at) => at - market.server.stats().now)
  expect(ahead.every((by) => by > 55_000 && by <= 60_000)).toBe(true)
  expect(new Set(steps(ids))).toEqual(new Set([1]))
})

test('the record is what was sent: every frame’s trade, once, with its values', async () => {
  const client = await listen()
  await idsAfter(client, { kind: 'absurd', ...BTC, count: 1 })
  const seen = tradesOf(client)
  const { trades, dropped } = market.server.sent(BTC)
  const sent = trades.slice(trades.findIndex(({ id }) => Number(id) === seen[0]?.t)).slice(0, seen.length)
  expect(dropped).toBe(0)
  expect(sent.map(({ id, at, price, sent }) => ({ t: Number(id), T: at, p: Number(price), sent }))).toEqual(
    seen.map(({ t, T, p }) => ({ t, T, p: Number(p), sent: 1 })),
  )
  const from = seen[3]?.T ?? 0
  expect(market.server.sent({ ...BTC, from, to: from + 1 }).trades.every(({ at }) => at === from)).toBe(true)
})

test.each([
  [{ kind: 'nope' }, 'kind must be one of gap, duplicate'],
  [undefined, 'kind must be one of gap, duplicate'],
  [{ kind: 'gap' }, "gap needs the number 'count'."],
  [{ kind: 'silence', for: 1, venue: 'mtgox' }, 'venue must be one of upbit'],
  [{ kind: 'malformed', count: 1, shape: 'odd' }, 'shape must be one of truncated'],
  [{ kind: 'refuse-market', venue: 'upbit' }, "refuse-market needs the text 'market'."],
])('%j is refused with a sentence', (value, sentence) => {
  expect(() => checkFault(value)).toThrow(sentence)
})
