import { openOf } from '../../shared/bars.ts'
import type { Bar, Gap, InstrumentKey, MarketEvent, Millis, Trade } from '../../shared/market.ts'
import { SECOND } from '../../shared/market.ts'
import { isClosed } from '../../shared/sessions.ts'
import { Tally } from '../../shared/tally.ts'
import type { KeptSeconds } from './kept-seconds.ts'
import { MarketGaps } from './market-gaps.ts'
import { MEMORY, ToldSeconds } from './told-seconds.ts'

/** What a market needs to know of its venue's time. */
export interface VenueTime {
  /** Seconds that open before this are closed. */
  readonly limit: Millis
  /** Seconds that open before this were told before a restart, and are only partly in this run's records. */
  readonly from: Millis
}

/** Cuts one market's trades into seconds. */
export class MarketSeconds {
  readonly instrument: InstrumentKey
  private readonly gaps = new MarketGaps()
  readonly venue: VenueTime
  /** First second this run can tell. */
  private from: Millis
  /** First second not closed yet. */
  private next: Millis
  private readonly tallies = new Map<Millis, Tally>()
  private latest: Tally | undefined
  private readonly told = new ToldSeconds()
  private readonly corrections = new Set<Millis>()
  private readonly late = new Set<Millis>()
  private priceScale = 0
  private sizeScale = 0

  /** All gaps that may touch its seconds are known. Until then nothing is said of seconds without trades. */
  private knowsGaps: boolean

  constructor(instrument: InstrumentKey, venue: VenueTime, start: Millis, knowsGaps: boolean) {
    this.instrument = instrument
    this.venue = venue
    this.knowsGaps = knowsGaps
    this.from = Math.max(openOf(start, SECOND), venue.limit, venue.from)
    this.next = this.from
  }

  addTrade(event: MarketEvent<Trade>): void {
    const openAt = event.at - (event.at % SECOND)
    const tally = this.latest?.openAt === openAt ? this.latest : this.find(openAt)
    if (tally === undefined || !tally.add(event)) return
    if (openAt < this.next) this.corrections.add(openAt)
  }

  /** Takes the gaps that a clock record lists. What the stream itself has told of a gap since is newer. */
  learnGaps(gaps: readonly Gap[]): void {
    if (this.knowsGaps) return
    this.knowsGaps = true
    const told = new Set(this.gaps.list().map((gap) => gap.since))
    for (const gap of gaps) if (!told.has(gap.since)) this.gaps.apply(gap)
  }

  applyGap(gap: Gap): void {
    // Nothing older reaches beyond the beginning of a watch, or of an engine run.
    if (gap.reason === 'connecting' || gap.reason === 'engine-down') this.knowsGaps = true
    const known = this.gaps.apply(gap)
    const until = gap.reason === 'engine-down' ? Infinity : Math.max(gap.until ?? Infinity, known?.until ?? -Infinity)
    const reach = known !== undefined && known.until === undefined ? Infinity : until
    this.reconsider(openOf(gap.since, SECOND), reach)
  }

  /** Tells closed seconds again that changed since. */
  correct(telling: Telling): void {
    if (this.corrections.size === 0) return
    for (const openAt of [...this.corrections].toSorted((a, b) => a - b)) this.tell(openAt, telling)
    this.corrections.clear()
  }

  /** Closes all seconds that open before `limit`. */
  close(limit: Millis, telling: Telling): void {
    // After a long stop the ledger tells the seconds in which nothing was traded: a night is not written second by second.
    if (limit - this.next > MEMORY) this.skip(limit - MEMORY, telling)
    for (; this.next < limit; this.next += SECOND) {
      this.told.put(this.next, 'none', 0)
      this.tell(this.next, telling)
    }
    this.gaps.forget(limit - MEMORY)
  }

  /** Closed seconds that got a trade and cannot be made from memory. */
  takeLate(): readonly Millis[] {
    if (this.late.size === 0) return []
    const late = [...this.late].filter((openAt) => openAt < this.venue.limit)
    for (const openAt of late) this.late.delete(openAt)
    return late.toSorted((a, b) => a - b)
  }

  /** Lets go of a closed second's sums: a trade that still comes for it is late. */
  forget(openAt: Millis): void {
    this.tallies.delete(openAt)
    if (this.latest?.openAt === openAt) this.latest = undefined
  }

  /** This run's records hold earlier seconds in part only: what was gathered of them is made from the stored trades. */
  startAt(openAt: Millis): void {
    for (const gathered of this.tallies.keys()) {
      if (gathered >= openAt) continue
      this.tallies.delete(gathered)
      this.late.add(gathered)
    }
    this.latest = undefined
    this.from = Math.max(this.from, openAt)
    this.next = Math.max(this.next, openAt)
  }

  /** End of its newest second with trades, or of what is closed. */
  end(): Millis {
    return Math.max(this.next, ...[...this.tallies.keys()].map((openAt) => openAt + SECOND))
  }

  /** Nobody watches it, and nothing of it is left to tell. */
  isOver(): boolean {
    const since = this.gaps.unwatchedSince()
    return since !== undefined && since < this.next - MEMORY && this.tallies.size === 0
  }

  private find(openAt: Millis): Tally | undefined {
    const known = this.tallies.get(openAt)
    if (known !== undefined) return (this.latest = known)
    if (openAt < this.next) {
      if (openAt >= this.venue.limit && openAt >= this.venue.from) {
        // Not closed yet: the market's first trades came out of order.
        this.from = openAt
        this.next = openAt
      } else if (!this.isRemembered(openAt)) {
        this.late.add(openAt)
        return undefined
      }
    }
    if (this.latest !== undefined) {
      this.priceScale = this.latest.priceScale
      this.sizeScale = this.latest.sizeScale
    }
    this.latest = new Tally(openAt, this.priceScale, this.sizeScale)
    this.tallies.set(openAt, this.latest)
    return this.latest
  }

  /** A closed second that can be corrected from memory: it had no trades until now. */
  private isRemembered(openAt: Millis): boolean {
    return openAt >= this.from && openAt >= this.next - MEMORY && this.told.state(openAt) !== 'traded'
  }

  private reconsider(from: Millis, to: Millis): void {
    const end = Math.min(to, this.next)
    for (let openAt = Math.max(from, this.from, this.next - MEMORY); openAt < end; openAt += SECOND) {
      const told = this.told.state(openAt)
      if (told === 'quiet' || told === 'missing') this.corrections.add(openAt)
    }
  }

  private skip(to: Millis, telling: Telling): void {
    for (const openAt of [...this.tallies.keys()].toSorted((a, b) => a - b)) {
      if (openAt < this.next || openAt >= to) continue
      telling.output.push(this.event(this.tallies.get(openAt)!.toBar(SECOND, 0), telling.receivedAt))
      this.forget(openAt)
    }
    this.next = to
  }

  private tell(openAt: Millis, { receivedAt, output, kept }: Telling): void {
    const told = this.told.state(openAt)
    const revision = this.told.nextRevision(openAt)
    const tally = this.tallies.get(openAt)
    if (tally !== undefined) {
      if (told !== 'traded') kept.add(this, openAt, tally.trades)
      this.told.put(openAt, 'traded', revision)
      output.push(this.event(tally.toBar(SECOND, revision), receivedAt))
      return
    }
    if (!this.knowsGaps) {
      // Others may have told it: a trade that comes for it is late.
      this.from = openAt + SECOND
      return
    }
    const known = this.gaps.stateOf(openAt)
    if (known === 'none') return
    // Nobody can miss what is not dealt.
    const state = isClosed(this.instrument, openAt) ? 'closed' : known
    if (state === told) return
    this.told.put(openAt, state, revision)
    output.push(this.event({ kind: 'bar', interval: SECOND, openAt, revision, state }, receivedAt))
  }

  private event(bar: Bar, receivedAt: Millis): MarketEvent<Bar> {
    const origin = bar.state === 'backfilled' ? 'backfill' : 'stream'
    return { instrument: this.instrument, at: bar.openAt, receivedAt, origin, data: bar }
  }
}

/** Where closed seconds are told. */
export interface Telling {
  /** Arrival of the clock record that closes them. */
  readonly receivedAt: Millis
  readonly output: MarketEvent<Bar>[]
  /** Gets each second whose sums are kept from now on. */
  readonly kept: KeptSeconds
}
