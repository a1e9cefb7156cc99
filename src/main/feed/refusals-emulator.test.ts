import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { MINUTE, SECOND, STOCK_VENUES } from '../../shared/market.ts'
import type { Emulator } from '../emulator/spawn.ts'
import { spawnEmulator } from '../emulator/spawn.ts'
import { EMULATED } from '../emulator/venues.ts'
import { exchanges } from '../exchanges/registry.ts'
import { systemClock } from './clock.ts'
import { FEED_LIMITS } from './feed-limits.ts'
import { createGet } from './http.ts'
import { openNetwork } from './network.ts'
import type { RestRunner } from './rest.ts'
import { createRest } from './rest.ts'
import type { VirtualClock } from './testing/virtual-clock.ts'
import { createVirtualClock } from './testing/virtual-clock.ts'

/** Real requests to the emulated venues, their limits under a virtual clock. */
let emulator: Emulator

beforeAll(async () => {
  emulator = await spawnEmulator({ rate: 10 })
})
afterEach(() => emulator.inject({ kind: 'reset' }))
afterAll(() => emulator.close())

const callsOf = async (venue: string) => (await emulator.stats()).venues[venue as 'upbit']?.calls ?? 0

function open(id: string): { rest: RestRunner; clock: VirtualClock; ask: () => Promise<string>; close: () => void } {
  const exchange = exchanges.find((each) => each.id === id)!
  const network = openNetwork({ endpoints: emulator.endpoints })
  const clock = createVirtualClock()
  const market = EMULATED.find((each) => each.id === id)!.markets[0]!.symbol
  const rest = createRest({
    exchange,
    get: createGet(network, systemClock, FEED_LIMITS),
    clock,
    signal: new AbortController().signal,
    resolve: (url) => network.resolve(exchange.id, 'rest', url),
    onMalformed: () => undefined,
    onAnswer: () => undefined,
  })
  const ask = () =>
    rest.run(exchange.rest.trades(market, 5)).then(
      () => 'an answer',
      (error: { fault: { code: string } }) => error.fault.code,
    )
  return { rest, clock, ask, close: () => network.close() }
}

const REGION = { code: 'region-blocked', wait: MINUTE }
const REFUSALS = [
  { status: 429, code: 'rate-limited', wait: SECOND },
  { status: 418, code: 'banned', wait: 2 * MINUTE },
  { status: 403, code: 'banned', wait: 2 * MINUTE },
  { status: 451, ...REGION },
]

describe.each(
  exchanges.filter(({ id }) => !STOCK_VENUES.includes(id)).map(({ id, rest }) => ({ id, hosts: rest.hosts })),
)('$id', ({ id, hosts }) => {
  it.each(REFUSALS)('A-75 after $status is asked nothing until the wait is over', async (refusal) => {
    const { status } = refusal
    // Bybit's is a page of another country.
    const { code, wait } = id === 'bybit' && status === 403 ? REGION : refusal

    const { rest, clock, ask, close } = open(id)
    await emulator.inject({ kind: 'refuse', venue: id, channel: 'rest', status, for: 10 * MINUTE })
    const before = await callsOf(id)
    expect(await ask()).toBe(code)
    // Another host may not have the fault of a region; a ban is of the address.
    const asked = code === 'region-blocked' ? hosts.length : 1
    expect((await callsOf(id)) - before).toBe(asked)
    expect(rest.limits().map(({ heldFor }) => heldFor)).toEqual(rest.limits().map(() => wait))
    await emulator.inject({ kind: 'reset' })
    let told: string | undefined
    const later = ask().then((answer) => (told = answer))
    await clock.advance(wait - 100)
    expect([told, (await callsOf(id)) - before]).toEqual([undefined, asked])
    await clock.advance(200)
    expect(await later).toBe('an answer')
    expect((await callsOf(id)) - before).toBe(asked + 1)
    close()
  })
})

it('A-75 Bybit’s 403 in JSON, which names no time, is ten minutes long', async () => {
  const clock = createVirtualClock()
  let asked = 0
  const bybit = exchanges.find(({ id }) => id === 'bybit')!
  const rest = createRest({
    exchange: bybit,
    get: async () => {
      asked += 1
      return { status: 403, headers: {}, body: '{"retMsg":"access too frequent"}', sentAt: 0, receivedAt: 0 }
    },
    clock,
    signal: new AbortController().signal,
    resolve: (url) => url,
    onMalformed: () => undefined,
    onAnswer: () => undefined,
  })
  const ask = () => rest.run(bybit.rest.book('BTCUSDT')).catch((error: { fault: { code: string } }) => error.fault.code)
  expect(await ask()).toBe('banned')
  void ask()
  await clock.advance(10 * MINUTE - SECOND)
  expect(asked).toBe(1)
  await clock.advance(2 * SECOND)
  expect(asked).toBe(2)
})
