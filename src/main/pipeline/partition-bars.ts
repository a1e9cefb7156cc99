import { openOf } from '../../shared/bars.ts'
import type { Bar, Clock, Gap, InstrumentKey, MarketEvent, Millis, Trade } from '../../shared/market.ts'
import { MINUTE, SECOND, TRADELESS, venueOf } from '../../shared/market.ts'
import type { Folded, LateSecond, Records } from './bars.ts'
import { KeptSeconds } from './kept-seconds.ts'
import { MarketSeconds } from './market-seconds.ts'
import type { Telling } from './market-seconds.ts'
import { ResumePoints, firstWhole } from './resume-points.ts'
import type { VenueReach } from './resume-points.ts'

/** A second stays open this long after its end, by the venue's watermark. */
const GRACE: Millis = 2 * SECOND
/** A venue that no clock record names for this long has no collector any more. */
const ABANDONED: Millis = MINUTE
/** After a restart, a venue's first watermark comes with the first clock record or shortly after it. */
const RESUMING: Millis = 2 * SECOND
/** A trade dated further ahead of its arrival is no measure of how far a venue's time has come. */
const ABSURD: Millis = 10 * SECOND

interface VenueState extends VenueReach {
  limit: Millis
  from: Millis
  /** When a clock record last named it. */
  seenAt: Millis
  readonly markets: Map<InstrumentKey, MarketSeconds>
}

interface Market {
  readonly venue: VenueState
  readonly seconds: MarketSeconds
}

/** The bars of one partition: time per venue, seconds per market. */
export class PartitionBars {
  private readonly owns: (instrument: InstrumentKey) => boolean
  private readonly venues = new Map<string, VenueState>()
  private readonly markets = new Map<InstrumentKey, Market>()
  private readonly points: ResumePoints
  private readonly kept = new KeptSeconds()
  /** As of the batch before. */
  private cursor: number
  /** Offset 0 has nothing before it. Any other beginning may cut through seconds, and through gaps. */
  private readonly isResumed: boolean
  private resumesUntil: Millis

  constructor(base: number, owns: (instrument: InstrumentKey) => boolean) {
    this.owns = owns
    this.points = new ResumePoints(base)
    this.cursor = base
    this.isResumed = base > 0
    this.resumesUntil = this.isResumed ? Infinity : -Infinity
  }

  apply(records: Records): Folded {
    const output: MarketEvent<Bar>[] = []
    const late: LateSecond[] = []
    const { base, events } = records
    for (let i = 0; i < events.length; i += 1) {
      const event = events[i]!
      switch (event.data.kind) {
        case 'trade':
          this.trade(event as MarketEvent<Trade>)
          break
        case 'gap':
          this.gap(event as MarketEvent<Gap>)
          break
        case 'clock':
          this.clock(event as MarketEvent<Clock>, base + i, output, late)
          break
        default:
          break
      }
    }
    this.cursor = this.points.cursor(this.venues.values())
    return { output, late, cursor: this.cursor }
  }

  private trade(event: MarketEvent<Trade>): void {
    const { venue, seconds } =
      this.markets.get(event.instrument) ?? this.open(event.instrument, event.at, event.receivedAt)
    if (event.at > venue.reach && event.at <= event.receivedAt + ABSURD) venue.reach = event.at
    seconds.addTrade(event)
  }

  private gap(event: MarketEvent<Gap>): void {
    const gap = event.data
    if (TRADELESS.has(venueOf(event.instrument))) return
    const market = this.markets.get(event.instrument)
    if (market === undefined && gap.reason === 'unwatched' && gap.until === undefined) return
    ;(market ?? this.open(event.instrument, gap.since, event.receivedAt)).seconds.applyGap(gap)
  }

  private clock(event: MarketEvent<Clock>, offset: number, output: MarketEvent<Bar>[], late: LateSecond[]): void {
    const { watermarks, watched } = event.data
    const { receivedAt } = event
    if (this.resumesUntil === Infinity) this.resumesUntil = receivedAt + RESUMING
    for (const [id, watermark] of Object.entries(watermarks)) this.advance(id, watermark, receivedAt)
    for (const [instrument, gaps] of Object.entries(watched ?? {}))
      this.meet(instrument as InstrumentKey, gaps, receivedAt)
    const telling: Telling = { receivedAt, output, kept: this.kept }
    for (const [id, venue] of this.venues) {
      const abandoned = receivedAt - venue.seenAt > ABANDONED
      for (const [instrument, seconds] of venue.markets) {
        seconds.correct(telling)
        seconds.close(abandoned ? seconds.end() : venue.limit, telling)
        for (const openAt of seconds.takeLate()) late.push({ instrument, openAt, cursor: this.cursor })
        if (abandoned || seconds.isOver()) this.drop(instrument, venue)
      }
      if (abandoned) this.venues.delete(id)
    }
    this.kept.trim()
    this.points.mark(offset, watched !== undefined, this.venues.values())
  }

  private advance(id: string, watermark: Millis, receivedAt: Millis): void {
    const venue = this.venue(id, receivedAt)
    venue.seenAt = receivedAt
    if (venue.watermark === undefined) {
      venue.firstWhole = firstWhole(watermark)
      if (receivedAt <= this.resumesUntil) {
        venue.from = venue.firstWhole
        for (const seconds of venue.markets.values()) seconds.startAt(venue.from)
      }
    }
    venue.watermark = Math.max(venue.watermark ?? -Infinity, watermark)
    venue.limit = openOf(venue.watermark - GRACE, SECOND)
  }

  /** A market that a clock record says is watched: after a restart, quiet ones are known by it alone. */
  private meet(instrument: InstrumentKey, gaps: readonly Gap[], receivedAt: Millis): void {
    if (!this.owns(instrument) || TRADELESS.has(venueOf(instrument))) return
    const known = this.markets.get(instrument)
    if (known !== undefined) {
      known.seconds.learnGaps(gaps)
      return
    }
    const venue = this.venue(venueOf(instrument), receivedAt)
    const began = venue.watermark === undefined ? gaps[0]?.since : venue.watermark + SECOND - 1
    // Nothing was heard of it since this run began, so it was watched all along.
    const start = venue.from === -Infinity ? began : venue.from
    if (start !== undefined) this.open(instrument, start, receivedAt, false).seconds.learnGaps(gaps)
  }

  private open(instrument: InstrumentKey, start: Millis, receivedAt: Millis, knowsGaps = !this.isResumed): Market {
    const venue = this.venue(venueOf(instrument), receivedAt)
    const market = { venue, seconds: new MarketSeconds(instrument, venue, start, knowsGaps) }
    venue.markets.set(instrument, market.seconds)
    this.markets.set(instrument, market)
    return market
  }

  private venue(id: string, receivedAt: Millis): VenueState {
    let venue = this.venues.get(id)
    if (venue === undefined) {
      venue = {
        watermark: undefined,
        limit: -Infinity,
        from: -Infinity,
        firstWhole: Infinity,
        reach: -Infinity,
        seenAt: receivedAt,
        markets: new Map(),
      }
      this.venues.set(id, venue)
    }
    return venue
  }

  private drop(instrument: InstrumentKey, venue: VenueState): void {
    venue.markets.delete(instrument)
    this.markets.delete(instrument)
  }
}
