import type { LiveSecond } from './market-view.ts'
import { compareDecimals } from './decimal.ts'
import { divideExact, parseExact } from './exact.ts'
import { ExactSum, mantissaOf, scaleOf } from './exact-sum.ts'
import type { Bar, Decimal, MarketEvent, Millis, Origin, Trade } from './market.ts'

/** What a tally needs of a trade: an event of the trades topic, or a row of the store. */
export interface Print {
  readonly at: Millis
  readonly origin: Origin
  readonly id: string
  readonly price: Decimal
  readonly size: Decimal
  readonly side?: 'buy' | 'sell'
}

/**
 * Adds up the trades of one bar, exactly. Trades are added in order of arrival; open and close follow (at, arrival), so a
 * trade that arrives out of order still finds its place. A repeated (at, id) is not counted twice.
 */
export class Tally {
  readonly openAt: Millis
  trades = 0
  /** At least one of its trades was fetched later. */
  backfilled = false
  /** Fractional digits met so far: a good start for the market's next tally. */
  priceScale: number
  sizeScale: number
  /** Identity is (at, id). Ids seldom come at two instants; those that do have a set of their own. */
  private readonly ids = new Map<string, Millis>()
  private others: Set<string> | undefined
  private firstAt = Infinity
  private lastAt = -Infinity
  private open: Decimal = ''
  private high: Decimal = ''
  private low: Decimal = ''
  private close: Decimal = ''
  private highMantissa = NaN
  private lowMantissa = NaN
  private readonly priceSum: ExactSum
  private readonly volume: ExactSum
  private readonly quoteVolume: ExactSum
  private readonly buyVolume: ExactSum

  constructor(openAt: Millis, priceScale = 0, sizeScale = 0) {
    this.openAt = openAt
    this.priceScale = priceScale
    this.sizeScale = sizeScale
    this.priceSum = new ExactSum(priceScale)
    this.volume = new ExactSum(sizeScale)
    this.quoteVolume = new ExactSum(priceScale + sizeScale)
    this.buyVolume = new ExactSum(sizeScale)
  }

  /** Counts a trade; false where it is here already. */
  add(event: MarketEvent<Trade>): boolean {
    const { id, price, size, side } = event.data
    return this.count(event.at, event.origin, id, price, size, side)
  }

  addPrint(print: Print): boolean {
    return this.count(print.at, print.origin, print.id, print.price, print.size, print.side)
  }

  /** The bar, of a tally with at least one trade. */
  toBar(interval: Millis, revision: number): Bar {
    const { open, high, low, close, trades } = this
    const level = high === low // every average of one price is that price
    const volume = this.volume.exact()
    const avgPrice = level ? high : divideExact(this.priceSum.exact(), { mantissa: BigInt(trades), scale: 0 })
    return {
      kind: 'bar',
      interval,
      openAt: this.openAt,
      revision,
      state: this.backfilled ? 'backfilled' : 'traded',
      open,
      high,
      low,
      close,
      vwap: level || volume.mantissa === 0n ? avgPrice : divideExact(this.quoteVolume.exact(), volume),
      avgPrice,
      priceSum: this.priceSum.toDecimal(),
      volume: this.volume.toDecimal(),
      quoteVolume: this.quoteVolume.toDecimal(),
      buyVolume: this.buyVolume.toDecimal(),
      trades,
    }
  }

  toLiveSecond(): LiveSecond {
    return {
      openAt: this.openAt,
      open: this.open,
      high: this.high,
      low: this.low,
      close: this.close,
      volume: this.volume.toDecimal(),
      quoteVolume: this.quoteVolume.toDecimal(),
      buyVolume: this.buyVolume.toDecimal(),
      trades: this.trades,
    }
  }

  private count(at: Millis, origin: Origin, id: string, price: Decimal, size: Decimal, side: Trade['side']): boolean {
    if (this.isRepeat(at, id)) return false
    this.trades += 1
    if (origin === 'backfill') this.backfilled = true
    if (at < this.firstAt) {
      this.firstAt = at
      this.open = price
    }
    if (at >= this.lastAt) {
      this.lastAt = at
      this.close = price
    }
    const mantissa = mantissaOf(price, this.priceScale)
    const amount = mantissaOf(size, this.sizeScale)
    if (Number.isNaN(mantissa) || Number.isNaN(amount)) {
      this.countWide(price, size, side)
      return true
    }
    this.priceSum.addMantissa(mantissa)
    this.volume.addMantissa(amount)
    this.quoteVolume.addProduct(mantissa, amount)
    if (side === 'buy') this.buyVolume.addMantissa(amount)
    if (mantissa > this.highMantissa) {
      this.high = price
      this.highMantissa = mantissa
    } else if (mantissa < this.lowMantissa) {
      this.low = price
      this.lowMantissa = mantissa
    } else if (Number.isNaN(this.highMantissa) || Number.isNaN(this.lowMantissa)) {
      this.widenRange(price)
    }
    return true
  }

  private isRepeat(at: Millis, id: string): boolean {
    const known = this.ids.get(id)
    if (known === at) return true
    if (known === undefined) {
      this.ids.set(id, at)
      return false
    }
    const key = `${at} ${id}`
    this.others ??= new Set()
    if (this.others.has(key)) return true
    this.others.add(key)
    return false
  }

  /** A price or size with more digits than before, or more than a double holds. */
  private countWide(price: Decimal, size: Decimal, side: Trade['side']): void {
    this.priceScale = Math.max(this.priceScale, scaleOf(price))
    this.sizeScale = Math.max(this.sizeScale, scaleOf(size))
    this.priceSum.widen(this.priceScale)
    this.volume.widen(this.sizeScale)
    this.quoteVolume.widen(this.priceScale + this.sizeScale)
    this.buyVolume.widen(this.sizeScale)
    const left = parseExact(price)
    const right = parseExact(size)
    this.priceSum.addExact(left)
    this.volume.addExact(right)
    this.quoteVolume.addExact({ mantissa: left.mantissa * right.mantissa, scale: left.scale + right.scale })
    if (side === 'buy') this.buyVolume.addExact(right)
    this.widenRange(price)
  }

  private widenRange(price: Decimal): void {
    if (this.trades === 1 || compareDecimals(price, this.high) > 0) this.high = price
    if (this.trades === 1 || compareDecimals(price, this.low) < 0) this.low = price
    this.highMantissa = mantissaOf(this.high, this.priceScale)
    this.lowMantissa = mantissaOf(this.low, this.priceScale)
  }
}
