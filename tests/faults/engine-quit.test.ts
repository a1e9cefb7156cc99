import { expect, test } from 'vitest'
import { createRandom } from '../bench/market-records.ts'
import { until } from '../tapedeck.ts'
import { MARKETS, openEngineMarket, SEED } from './engine-market.ts'
import { integrity, journaledTrades, keyOf, newestArrival, storedGaps, storedTrades } from './engine-records.ts'

/** The statement asks for 100 quits; `npm test` runs it in a short form. */
const QUITS = Number(process.env['TAPEDECK_QUITS'] ?? 10)
const SECOND = 1_000

const load = openEngineMarket(7)
const { folder } = load
const nameOf = ({ market, id }: { readonly market: string; readonly id: string }) => `${market} ${id}`

test(`A-72 ${QUITS} quits under load lose nothing: all that came is stored when it has ended, in time and in order`, async () => {
  console.log(`TAPEDECK_SEED=${SEED}`)
  const random = createRandom(SEED)
  const known = new Set<string>()
  for (let quit = 0; quit < QUITS; quit += 1) {
    const startedAt = Date.now()
    const engine = load.collect()
    // Live, and at its full rate.
    await until(
      () => newestArrival(folder),
      (at) => at > startedAt + SECOND,
      60_000,
    )
    await new Promise((settle) => setTimeout(settle, random() * 500)) // The moment is the point.
    const askedAt = Date.now()
    const { code, said } = await engine.end('SIGTERM')
    expect([code, Date.now() - askedAt < 5_000], said).toEqual([0, true])

    // The journal and the store agree at once, without a next run to repair anything.
    expect(integrity(folder)).toEqual(['ok', 'ok'])
    const now = storedTrades(folder)
    const all = now.map(nameOf)
    expect(new Set(all).size).toBe(all.length)
    expect(all.toSorted()).toEqual(journaledTrades(folder).toSorted())

    // Of each market: what the emulator sent, from the first that came to the last, without a hole and as it was sent.
    const mine = now.filter((trade) => !known.has(nameOf(trade)))
    for (const trade of all) known.add(trade)
    const { trades: sent, dropped } = await load.emulator.sent({ from: startedAt - SECOND })
    expect(dropped).toBe(0)
    for (const market of MARKETS) {
      const ofLife = mine.filter((trade) => trade.market === market)
      const ofMarket = sent.filter((trade) => keyOf(trade) === market)
      const from = ofMarket.findIndex(({ id }) => id === ofLife[0]?.id)
      const section = ofMarket.slice(from, from + ofLife.length)
      expect(ofLife.map(({ id, at, price, size, side }) => ({ id, at, price, size, side }))).toEqual(
        section.map(({ id, at, price, size, side }) => ({ id, at, price, size, side })),
      )
      // To the end: nothing that was sent well before the signal is beyond it. What lies in a starved machine's sockets has
      // not come yet.
      const beyond = ofMarket.slice(from + ofLife.length).filter(({ at }) => at < askedAt - 3 * SECOND)
      expect(beyond).toEqual([])
    }
  }
  // Between two runs nothing was collected, and every market says so.
  const down = storedGaps(folder).filter(({ reason }) => reason === 'engine-down')
  for (const market of MARKETS) expect(down.filter((gap) => gap.market === market).length).toBe(QUITS - 1)
}, 600_000)
