import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ItemFeedState } from '../../shared/items-contract.ts'
import { ITEM_FEEDS } from '../../shared/items.ts'
import type { Index, Item } from '../../shared/items.ts'
import type { MarketEvent } from '../../shared/market.ts'
import { settingsSchema } from '../../shared/settings.ts'
import type { Emulator } from '../emulator/spawn.ts'
import { spawnEmulator } from '../emulator/spawn.ts'
import { createMemorySecrets } from '../secrets/memory-secrets.ts'
import { ITEM_FEEDS_BY_ID } from './registry.ts'
import type { Items } from './run-items.ts'
import { runItems } from './run-items.ts'

let emulator: Emulator
beforeAll(async () => {
  emulator = await spawnEmulator({ seed: 7, venues: ['upbit'] })
})
afterAll(() => emulator.close())

const on = Object.fromEntries(ITEM_FEEDS.map((feed) => [feed, true]))
const settings = { ...settingsSchema.parse({}).news, feeds: on }
const secrets = createMemorySecrets()

function open(change: Partial<Parameters<typeof runItems>[0]> = {}) {
  const events: MarketEvent<Item | Index>[] = []
  const items = runItems({
    settings,
    network: { endpoints: emulator.endpoints },
    secrets,
    demo: true,
    reachable: true,
    known: { items: [], indices: [] },
    onEvents: (told) => void events.push(...told),
    random: () => 0.01,
    ...change,
  })
  return { items, events }
}

async function until(items: Items, isSo: (states: readonly ItemFeedState[]) => boolean): Promise<void> {
  for (const end = performance.now() + 20_000; !isSo(items.states()); await setTimeout(10))
    if (performance.now() > end) throw new Error(`Still ${JSON.stringify(items.states())}`)
}
const settled = (states: readonly ItemFeedState[]) => states.every(({ state }) => state !== 'waiting')

test('A-07 every feed yields items that are valid and say that they are simulated', async () => {
  const { items, events } = open()
  await until(items, (states) => states.every(({ state }) => state === 'live'))
  items.close()
  expect([...new Set(events.map(({ data }) => data.feed))].toSorted()).toEqual([...ITEM_FEEDS].toSorted())
  expect(items.states().map(({ refused }) => refused)).toEqual(items.states().map(() => ({})))
  for (const { feed, lastItemAt } of items.states()) {
    const told = events.filter(({ data }) => data.feed === feed).map(({ at }) => at)
    expect([feed, told.includes(lastItemAt ?? 0)]).toEqual([feed, true])
  }
  for (const { instrument, at, origin, data } of events)
    if (data.kind === 'item')
      expect([instrument, at, origin, data.title.startsWith('DEMO')]).toEqual([
        `news:${data.feed}`,
        data.publishedAt,
        'polled',
        true,
      ])
})

test('A-07 an answer that says everything twice adds nothing', async () => {
  const only = { feeds: Object.fromEntries(ITEM_FEEDS.map((feed) => [feed, feed === 'coinness'])), rss: [] }
  await emulator.inject({ kind: 'duplicate', venue: 'news', channel: 'api.coinness.com', count: 1 })
  const { items, events } = open({ settings: only })
  await until(items, settled)
  items.close()
  const state = items.states().find(({ feed }) => feed === 'coinness')
  expect(state?.items).toBe(events.length)
  expect(state?.duplicates).toBeGreaterThanOrEqual(events.length)
})

test('A-07 dead feeds show their reasons, and the others go on', async () => {
  const long = { for: 60_000, kind: 'refuse', venue: 'news' } as const
  await emulator.inject({ ...long, channel: 'api.coinness.com', status: 404 })
  await emulator.inject({ ...long, channel: 'production.dataviz.cnn.io', status: 418 })
  await emulator.inject({ ...long, channel: 'api.saveticker.com' })
  await emulator.inject({ ...long, channel: 'api.perplexity.ai', status: 401 })
  await emulator.inject({ ...long, channel: 'cointelegraph.com', status: 429 })
  await emulator.inject({ kind: 'malformed', venue: 'news', channel: 'decrypt.co', shape: 'truncated', count: 1 })
  await emulator.inject({ kind: 'malformed', venue: 'news', channel: 'api.alternative.me', shape: 'huge', count: 1 })
  const { items } = open()
  await until(items, settled)
  const states = items.states()
  items.close()
  await emulator.inject({ kind: 'reset' })
  const found = states.map(({ feed, url, state, fault }) => [url ? new URL(url).host : feed, fault?.code ?? state])
  expect(Object.fromEntries(found)).toEqual({
    'www.coindesk.com': 'live',
    'cointelegraph.com': 'rate-limited',
    'decrypt.co': 'feed-unreadable',
    coinness: 'feed-gone',
    saveticker: 'socket-closed',
    upbit_trends: 'live',
    perplexity: 'key-refused',
    cnn_fear_greed: 'banned',
    alternative_me: 'venue-error',
  })
  for (const { state, nextAt, fault } of states)
    if (state === 'down') expect([typeof nextAt, fault?.message.endsWith('.')]).toEqual(['number', true])
})

test('A-07 an address is tested without keeping anything of it', async () => {
  const { items, events } = open({
    settings: { feeds: Object.fromEntries(ITEM_FEEDS.map((feed) => [feed, false])), rss: [] },
  })
  expect(await items.test('https://any.example/rss')).toMatchObject({ title: 'DEMO any.example', items: 15 })
  await expect(items.test('https://any.example/rss')).rejects.toMatchObject({ fault: { code: 'rate-limited' } })
  items.close()
  expect(events).toEqual([])
})

test('a real key never leaves for a simulated server', async () => {
  await secrets.set('news:perplexity:key', 'real-key')
  const sent: string[] = []
  const feeds = {
    ...ITEM_FEEDS_BY_ID,
    perplexity: {
      ...ITEM_FEEDS_BY_ID.perplexity,
      request: (asked: { url: string; key: string; version: string }) => {
        sent.push(asked.key)
        return ITEM_FEEDS_BY_ID.perplexity.request(asked)
      },
    },
  }
  const { items } = open({ feeds })
  await until(items, settled)
  items.close()
  expect(sent).toEqual(['demo'])
})

test('without simulated feeds nothing is asked at all', async () => {
  const { items, events } = open({ reachable: false })
  await setTimeout(0)
  expect(items.states().map(({ state }) => state)).toEqual(items.states().map(() => 'off'))
  items.close()
  expect(events).toEqual([])
})
