import type { Channel, Millis } from '../../shared/market.ts'
import { HOUR, MINUTE, SECOND } from '../../shared/market.ts'
import { isClosed } from '../../shared/sessions.ts'
import type { Exchange } from '../exchanges/exchange.ts'
import type { ClockSkew } from './clock-skew.ts'
import type { Clock } from './clock.ts'
import type { Dispatch } from './dispatch.ts'
import type { GapLedger } from './gap-ledger.ts'
import type { Link } from './link.ts'
import type { Market } from './market.ts'
import { POLLED_TRADES } from './poller.ts'
import type { RestRunner } from './rest.ts'
import type { SilenceWatch, Suspect } from './stale.ts'

export interface SilenceParts {
  readonly exchange: Exchange
  readonly clock: Clock
  readonly rest: RestRunner
  readonly signal: AbortSignal
  readonly markets: ReadonlyMap<string, Market>
  readonly watch: SilenceWatch
  readonly dispatch: Pick<Dispatch, 'onAsked' | 'closeGap'>
  readonly ledger: GapLedger
  readonly skew: Pick<ClockSkew, 'estimate'>
  /** Something was emitted or marked. */
  onChange(): void
}

/** A trade so fresh may still be on its way through the stream. */
const ON_ITS_WAY: Millis = 2 * SECOND
/** What was traded while the subscription was being made need not have been streamed. */
const JUST_BEGUN: Millis = SECOND
/** So many trades cannot leave a ticker or a book as they were. */
const TELLING_TRADES = 3
/** Changes of a link's socket for a silent subscription are so far apart at least, and twice as far each time. */
const CHANGE_SPAN: Millis = MINUTE
const LONGEST_CHANGE_SPAN: Millis = HOUR

/** Finds out whether suspected subscriptions are dead or quiet (the rule is in stale.ts), and revives the dead ones. */
export function createSilenceCheck(parts: SilenceParts): { sweep(): void } {
  const { exchange, clock, markets, watch, ledger } = parts
  const checking = new Set<string>()
  const changes = new WeakMap<Link, { at: Millis; span: Millis }>()

  const revive = (market: Market, { channel, silence }: Suspect) => {
    const { link } = market
    if (!link) return
    if (channel === 'trade')
      ledger.open(market.key, 'silent', market.silent.get(channel)?.since ?? clock.now() - silence)
    if (!market.revived.has(channel)) {
      market.revived.add(channel)
      return link.resubscribe([{ market: market.native, channels: [channel] }])
    }
    const now = clock.monotonic()
    const change = changes.get(link) ?? { at: -Infinity, span: CHANGE_SPAN }
    if (now - change.at < change.span) return
    const isRecent = now - change.at < LONGEST_CHANGE_SPAN
    changes.set(link, { at: now, span: isRecent ? Math.min(LONGEST_CHANGE_SPAN, change.span * 2) : CHANGE_SPAN })
    // Side by side, so that the subscriptions that do speak have no break.
    link.handOver()
  }
  const absolve = (market: Market, channel: Channel) => {
    market.silent.delete(channel)
    watch.absolve({ market: market.native, channel })
    if (channel === 'trade' && ledger.reason(market.key) === 'silent') parts.dispatch.closeGap(market, clock.now())
  }
  const ask = async (market: Market, suspect: Suspect) => {
    const from = (market.liveSince ?? ledger.since(market.key) ?? clock.now()) + JUST_BEGUN
    try {
      const answer = await parts.rest.run(exchange.rest.trades(market.native, POLLED_TRADES), parts.signal)
      if (!market.silent.has(suspect.channel)) return
      const unseen = parts.dispatch.onAsked(answer, 'polled')
      const offset = parts.skew.estimate() ?? 0
      const missed = unseen.filter(({ at }) => at > from + offset && at < clock.now() + offset - ON_ITS_WAY)
      if (missed.length > 0) revive(market, suspect)
      // What never spoke at all is no quiet pair: it stays marked.
      else if (market.spokeOn === 0) watch.absolve(suspect)
      else absolve(market, suspect.channel)
    } catch {
      // Undecided: it stays marked, and is asked about again. What failed is known to the REST runner.
    } finally {
      checking.delete(market.native)
      parts.onChange()
    }
  }

  return {
    sweep() {
      for (const suspect of watch.sweep()) {
        const market = markets.get(suspect.market)
        if (!market?.link?.open || market.refused) continue
        if (isClosed(market.key, clock.now())) {
          absolve(market, suspect.channel)
          continue
        }
        const seconds = Math.round(suspect.silence / SECOND)
        const since = clock.now() - suspect.silence
        if (!market.silent.has(suspect.channel))
          market.silent.set(suspect.channel, {
            fault: {
              code: 'market-silent',
              message: `${market.key}: no ${suspect.channel} for ${seconds} s, longer than usual.`,
            },
            since,
          })
        if (!exchange.quiet.includes(suspect.channel)) revive(market, suspect)
        else if (suspect.channel !== 'trade') {
          if (suspect.tradesSince >= TELLING_TRADES) revive(market, suspect)
          else absolve(market, suspect.channel)
        } else if (exchange.rest.hasTrades?.(market.native) === false) {
          // Nothing tells a quiet one from a dead one; the connection's own keep-alive does for all of them.
          absolve(market, suspect.channel)
        } else if (!checking.has(market.native)) {
          checking.add(market.native)
          void ask(market, suspect)
        }
      }
      parts.onChange()
    },
  }
}
