import type { Fault } from '../../shared/faults.ts'
import { toFault } from '../../shared/faults.ts'
import type { Book, Millis } from '../../shared/market.ts'
import { MINUTE, SECOND } from '../../shared/market.ts'
import type { Decoded, Exchange } from '../exchanges/exchange.ts'
import type { Clock } from './clock.ts'
import { unset } from './clock.ts'
import type { Link } from './link.ts'
import type { Market } from './market.ts'
import type { RestRunner } from './rest.ts'

/** Asks for whole books, each market's alone, until they come: over its socket, or over REST where the venue's rule says so. */
export interface BookResync {
  /** Wants a book: at once, or when its own pace and the venue's limits allow. Does nothing while one is wanted. */
  ask(market: Market): void
  /** It is there. */
  done(market: Market): void
  /** Nothing can be asked any more: the connection is gone. */
  forget(market: Market): void
  close(): void
}

export interface BookResyncParts {
  readonly exchange: Exchange
  readonly rest: Pick<RestRunner, 'run' | 'wait'>
  readonly clock: Clock
  readonly signal: AbortSignal
  isWatched(market: Market): boolean
  /** The link that carries its book. */
  linkOf(market: Market): Link | undefined
  /** When it will be asked for (our clock), and how often it has been of late. */
  onPlan(market: Market, at: Millis, tries: number): void
  /** REST's answer. False: too old to begin with. */
  onBook(market: Market, book: Decoded<Book>): boolean
  onFault(fault: Fault): void
}

/** A socket that has been asked for a book answers within this, or is asked again. */
const PATIENCE: Millis = 5 * SECOND
/** Whole for so long, a book's next break is its first. */
const CALM: Millis = 10 * SECOND
/** Pauses before the first try and those after it: a book that breaks each time must not eat up the venue's limits. */
const PAUSES: readonly Millis[] = [0, 250, 1_000, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000]

interface Plan {
  wanted: boolean
  /** Answers to an earlier turn are none. */
  turn: number
  tries: number
  /** Monotonic. */
  askedAt: Millis
  doneAt: Millis
  cancel: () => void
}

export function createBookResync(parts: BookResyncParts): BookResync {
  const { exchange, rest, clock } = parts
  const plans = new Map<Market, Plan>()
  const due = new Map<Link, Market[]>()
  let cancelFlush = unset

  const planOf = (market: Market): Plan => {
    let plan = plans.get(market)
    if (!plan) {
      plan = { wanted: false, turn: 0, tries: 0, askedAt: -Infinity, doneAt: -Infinity, cancel: unset }
      plans.set(market, plan)
    }
    return plan
  }
  const end = (plan: Plan) => {
    plan.wanted = false
    plan.turn += 1
    plan.cancel()
    plan.cancel = unset
  }
  const schedule = (market: Market, plan: Plan) => {
    plan.wanted = true
    const pause = PAUSES[plan.tries] ?? MINUTE
    const delay = Math.max(0, plan.askedAt + pause - clock.monotonic())
    parts.onPlan(market, clock.now() + Math.ceil(Math.max(delay, limitOf(market))), plan.tries)
    plan.cancel = delay === 0 ? clock.soon(run) : clock.after(Math.ceil(delay), run)
    function run() {
      if (!parts.isWatched(market)) return forget(market)
      plan.tries += 1
      plan.askedAt = clock.monotonic()
      if (exchange.book?.start === 'rest') askRest(market, plan)
      else askSocket(market, plan)
    }
  }
  const limitOf = (market: Market): Millis =>
    exchange.book?.start === 'rest' ? rest.wait(exchange.rest.book(market.native)) : (parts.linkOf(market)?.wait() ?? 0)

  const askRest = (market: Market, plan: Plan) => {
    const { turn } = plan
    rest.run(exchange.rest.book(market.native), parts.signal).then(
      (book) => {
        if (plan.turn === turn && !parts.onBook(market, book)) schedule(market, plan)
      },
      (error: unknown) => {
        if (plan.turn !== turn || parts.signal.aborted) return
        parts.onFault(toFault(error))
        schedule(market, plan)
      },
    )
  }
  const askSocket = (market: Market, plan: Plan) => {
    const link = parts.linkOf(market)
    const wait = limitOf(market)
    if (link) {
      // Books of one socket that break together are asked for together.
      if (due.size === 0) cancelFlush = clock.soon(flush)
      due.set(link, [...(due.get(link) ?? []), market])
    }
    plan.cancel = clock.after(wait + PATIENCE, () => schedule(market, plan))
  }
  const flush = () => {
    for (const [link, markets] of due)
      link.resubscribe(markets.map(({ native }) => ({ market: native, channels: ['book'] })))
    due.clear()
  }
  const forget = (market: Market) => {
    const plan = plans.get(market)
    if (!plan) return
    end(plan)
    plans.delete(market)
  }

  return {
    ask(market) {
      const plan = planOf(market)
      if (plan.wanted) return
      if (clock.monotonic() - plan.doneAt > CALM) plan.tries = 0
      schedule(market, plan)
    },
    done(market) {
      const plan = plans.get(market)
      if (!plan?.wanted) return
      end(plan)
      plan.doneAt = clock.monotonic()
    },
    forget,
    close() {
      for (const plan of plans.values()) end(plan)
      cancelFlush()
    },
  }
}
