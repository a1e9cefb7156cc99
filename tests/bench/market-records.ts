/** A seeded stream of trades-topic records that looks like ten venues on a busy day, for benchmarks and property tests. */

import type { Clock, Decimal, InstrumentKey, MarketEvent, Millis, Trade, VenueId } from '../../src/shared/market.ts'
import { CLOCK_KEY, SECOND, STOCK_VENUES, VENUES } from '../../src/shared/market.ts'
import { formatExact } from '../../src/shared/exact.ts'

/** A pseudo-random number in 0 … 1 per call, the same for the same seed. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const COINS = VENUES.filter((venue) => !STOCK_VENUES.includes(venue))

interface Market {
  readonly instrument: InstrumentKey
  readonly venue: VenueId
  /** Fractional digits. */
  readonly priceScale: number
  readonly sizeScale: number
  /** In units of the last digit. */
  price: number
  readonly size: number
  /** Share of all trades. */
  readonly weight: number
}

const PAIRS = [
  { base: 'BTC', won: 143_250_000, dollar: 95_568.29, size: 0.02, weight: 8 },
  { base: 'ETH', won: 4_912_000, dollar: 3_276.41, size: 0.4, weight: 4 },
  { base: 'XRP', won: 4_321, dollar: 2.8734, size: 900, weight: 3 },
  { base: 'SHIB', won: 0.03217, dollar: 0.00002144, size: 8_000_000, weight: 1 },
] as const

function createMarkets(): Market[] {
  const markets: Market[] = []
  for (const [index, venue] of COINS.entries())
    for (const pair of PAIRS) {
      const isWon = index < 4
      const price = isWon ? pair.won : pair.dollar
      const priceScale = price < 0.001 ? 8 : price < 1 ? 5 : isWon ? 0 : price < 10 ? 4 : 2
      markets.push({
        instrument: `${venue}:${pair.base}/${isWon ? 'KRW' : 'USDT'}`,
        venue,
        priceScale,
        sizeScale: pair.size > 10_000 ? 0 : 8,
        price: Math.round(price * 10 ** priceScale),
        size: pair.size,
        weight: pair.weight * (venue === 'binance' ? 6 : venue === 'upbit' ? 3 : 1),
      })
    }
  return markets
}

/** Trades at `perSecond` over 40 markets, with a clock record each second. Ids, prices and sizes have the venues' usual digits. */
export function createRecords(options: {
  readonly trades: number
  readonly perSecond: number
  readonly seed?: number
  readonly start?: Millis
}): MarketEvent[] {
  const random = createRandom(options.seed ?? 1)
  const markets = createMarkets()
  const lots = markets.flatMap((market) => Array.from({ length: market.weight }, () => market))
  const records: MarketEvent[] = []
  let now = options.start ?? 1_736_842_476_000
  let id = 1_736_842_476_000_000
  const step = SECOND / options.perSecond
  let nextTick = now + SECOND
  for (let count = 0; count < options.trades; count += 1) {
    now += step
    if (now >= nextTick) {
      records.push(clockAt(nextTick))
      nextTick += SECOND
    }
    const market = lots[Math.floor(random() * lots.length)]!
    market.price = Math.max(1, market.price + Math.round((random() - 0.5) * Math.max(2, market.price * 1e-4)))
    id += 1 + Math.floor(random() * 50)
    records.push(toTrade(market, random, Math.floor(now), String(id)))
  }
  records.push(clockAt(nextTick + 5 * SECOND))
  return records
}

function toTrade(market: Market, random: () => number, now: Millis, id: string): MarketEvent<Trade> {
  const size = Math.ceil(market.size * -Math.log(1 - random()) * 10 ** market.sizeScale) + 1
  const delay = Math.floor(20 + random() * 60)
  return {
    instrument: market.instrument,
    at: now - delay,
    receivedAt: now,
    origin: 'stream',
    data: {
      kind: 'trade',
      id,
      price: toText(market.price, market.priceScale),
      size: toText(size, market.sizeScale),
      side: random() < 0.5 ? 'buy' : 'sell',
    },
  }
}

function toText(mantissa: number, scale: number): Decimal {
  return formatExact(BigInt(mantissa), scale)
}

function clockAt(at: Millis): MarketEvent<Clock> {
  const watermarks = Object.fromEntries(COINS.map((venue) => [venue, at - 20]))
  return { instrument: CLOCK_KEY, at, receivedAt: at, origin: 'stream', data: { kind: 'clock', watermarks } }
}
