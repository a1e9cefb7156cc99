import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createRandom } from '../bench/market-records.ts'
import { run, until } from '../tapedeck.ts'
import { MARKETS, openEngineMarket, SEED } from './engine-market.ts'
import {
  bySecond,
  integrity,
  journaledTrades,
  keyOf,
  newestArrival,
  recomputed,
  storedBars,
  storedGaps,
  storedTrades,
} from './engine-records.ts'

/** The statement asks for 20 kills; `npm test` runs it in a short form. */
const KILLS = Number(process.env['TAPEDECK_KILLS'] ?? 3)
/** A venue's clock record comes each second. */
const RECORD = 1_000

const load = openEngineMarket(5)
const { folder } = load

test(`A-34 A-48 ${KILLS} times kill -9 of the whole engine lose nothing that was committed, and double nothing`, async () => {
  console.log(`TAPEDECK_SEED=${SEED}`)
  const random = createRandom(SEED)
  const downs: { from: number; to: number }[] = []
  const lives: string[][] = []
  const kept = new Set<string>()
  for (let life = 0; life <= KILLS; life += 1) {
    const startedAt = Date.now()
    if (downs.length > 0) downs.at(-1)!.to = startedAt
    const engine = load.collect()
    await until(
      () => newestArrival(folder),
      (at) => at > startedAt + RECORD,
      60_000,
    )
    if (life === KILLS) {
      // Long enough for the second that the last kill cut through.
      const closed = () => Math.max(...storedBars(folder).map(({ openAt }) => openAt))
      await until(closed, (openAt) => openAt > startedAt + 2 * RECORD)
      const { code, out, said } = await engine.end()
      expect(
        [code, (JSON.parse(out) as { gaps: number }).gaps],
        `${said}${JSON.stringify(storedGaps(folder))}`,
      ).toEqual([0, 0])
    } else {
      await new Promise((settle) => setTimeout(settle, random() * 2_500)) // The moment is the point.
      downs.push({ from: Date.now(), to: Infinity })
      await engine.end('SIGKILL')
    }
    expect(integrity(folder)).toEqual(['ok', 'ok'])
    const journaled = journaledTrades(folder)
    lives.push(journaled.filter((each) => !kept.has(each)))
    for (const each of journaled) kept.add(each)
    expect(kept.size).toBe(journaled.length)
  }

  const trades = storedTrades(folder)
  const names = trades.map(({ market, id }) => `${market} ${id}`)
  expect(new Set(names).size).toBe(names.length)
  expect(names.toSorted()).toEqual([...kept].toSorted())

  // Of each life: what the emulator sent from its first committed trade to its last, without a hole, as it was sent.
  const { trades: sent, dropped } = await load.emulator.sent()
  expect(dropped).toBe(0)
  const stored = new Map(trades.map((trade) => [`${trade.market} ${trade.id}`, trade]))
  for (const market of MARKETS) {
    const ofMarket = sent.filter((trade) => keyOf(trade) === market)
    for (const life of lives) {
      const ids = life.flatMap((each) => (each.startsWith(`${market} `) ? [each.slice(market.length + 1)] : []))
      const from = ofMarket.findIndex(({ id }) => id === ids[0])
      const section = ofMarket.slice(from, from + ids.length)
      expect(ids).toEqual(section.map(({ id }) => id))
      for (const { id, at, price, size, side } of section)
        expect(stored.get(`${market} ${id}`)).toMatchObject({ id, at, price, size, side, origin: 'stream' })
    }
  }

  // every second that is closed, and those that the kills cut through, digit for digit.
  const bars = storedBars(folder)
  const seconds = bySecond(trades, ({ market }) => market)
  const last = Math.min(
    ...MARKETS.map((market) => Math.max(...bars.filter((bar) => bar.market === market).map(({ openAt }) => openAt))),
  )
  const expected = [...seconds].map(([name, prints]) => {
    const [market = '', openAt] = name.split(' ')
    return recomputed(market, Number(openAt), prints)
  })
  const order = (a: { market: string; openAt: number }, b: { market: string; openAt: number }) =>
    a.market < b.market ? -1 : a.market > b.market ? 1 : a.openAt - b.openAt
  const upTo = <T extends { openAt: number }>(all: readonly T[]) => all.filter(({ openAt }) => openAt <= last)
  expect(upTo(bars)).toEqual(upTo(expected).toSorted(order))

  const gaps = storedGaps(folder)
  for (const market of MARKETS) {
    const known = gaps.filter((gap) => gap.market === market && gap.reason === 'engine-down')
    for (const down of downs) {
      const gap = known.find(({ since, until: end }) => since <= down.from && (end ?? Infinity) >= down.to)
      if (!gap) throw new Error(`No gap of ${market} covers ${JSON.stringify(down)}: ${JSON.stringify(known)}`)
      // Until the next run hears something, not one second can pass for a quiet one, however long it takes to start.
      const back = trades.find((trade) => trade.market === market && trade.receivedAt > down.to)!.receivedAt
      const told = gaps.filter((each) => each.market === market)
      for (let openAt = Math.ceil(down.from / RECORD) * RECORD; openAt + RECORD <= back; openAt += RECORD)
        expect(told.some((each) => each.since < openAt + RECORD && (each.until ?? Infinity) > openAt)).toBe(true)
      // It begins with the last that was committed of the venue, and ends with the next run.
      expect(down.from - gap.since).toBeLessThan(3 * RECORD)
    }
    // Nothing stays open that nobody closes: the last run was live to its end.
    expect(gaps.filter((gap) => gap.market === market && gap.until === null)).toEqual([])
  }

  const file = join(folder, 'trades.csv')
  const exported = await run(['export', '--data', folder, '--kind', 'trades', '--out', file, '--no-bom'])
  expect([exported.code, (JSON.parse(exported.out) as { rows: number }).rows]).toEqual([0, trades.length])
  const [header = '', ...lines] = readFileSync(file, 'utf8').trimEnd().split('\r\n')
  const columns = header.split(',')
  const cells = lines.map((line) => {
    const row = Object.fromEntries(line.split(',').map((cell, index) => [columns[index] ?? '', cell]))
    return [
      `${row['exchange']}:${row['market']}`,
      row['epoch_ms'],
      row['id'],
      row['price'],
      row['size'],
      row['side'],
    ].join()
  })
  expect(cells.toSorted()).toEqual(
    trades.map(({ market, at, id, price, size, side }) => [market, at, id, price, size, side].join()).toSorted(),
  )
}, 600_000)
