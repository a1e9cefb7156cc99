import type { Fault } from '../../shared/faults.ts'
import { FaultError, toFault } from '../../shared/faults.ts'
import type { ItemFeedState, RefusalRule } from '../../shared/items-contract.ts'
import type { Millis } from '../../shared/market.ts'
import { HOUR } from '../../shared/market.ts'
import { createBackoff } from '../feed/backoff.ts'
import type { Clock } from '../feed/clock.ts'
import { NetworkFault } from '../feed/network-faults.ts'
import type { AskFeed, Marks } from './ask-feed.ts'
import type { DecodedItems, ItemFeed } from './item-feed.ts'
import { ItemError } from './item-feed.ts'

/** One address that is asked again and again. */
export interface Source {
  readonly feed: ItemFeed
  /** Of the RSS feed: which of its addresses. */
  readonly url?: string
}

/** What became of the parts of an answer. */
export interface Taken {
  /** New ones. */
  readonly items: number
  readonly duplicates: number
  readonly refused: readonly RefusalRule[]
  /** Time of the newest one, new or not. */
  readonly newestAt?: Millis
}

export interface SourceParts {
  readonly clock: Clock
  readonly random: () => number
  readonly version: string
  /** Through the network of the moment. */
  ask(): AskFeed
  /** Undefined: there is none. */
  key(): Promise<string | undefined>
  /** Takes what is new of an answer and says what became of each part of it. */
  take(decoded: DecodedItems, receivedAt: Millis): Taken
  onChange(): void
}

export interface SourcePoll {
  readonly state: ItemFeedState
  /** Goes on asking, from when the feed allows it. */
  start(): void
  stop(): void
  /** Asks now. Throws 'rate-limited' while the feed does not allow it. */
  refresh(): void
  /** Its key has changed: the last refusal says nothing any more. */
  wake(): void
}

/** Waits above the feed's own pace when it fails. */
const LONGEST_BACKOFF: Millis = 4 * HOUR
/** First questions are spread over so long. */
const SPREAD: Millis = 3_000
/** Waits are up to so much longer than the feed's pace, so that many machines do not ask as one. */
const JITTER = 0.2

/** Asks one source at its pace: never more often than the feed allows, less often while it fails, later where it says so. */
export function createSourcePoll({ feed, url }: Source, parts: SourceParts): SourcePoll {
  const { clock, random } = parts
  const longest = Math.max(LONGEST_BACKOFF, 2 * feed.every)
  const backoff = createBackoff({ first: 2 * feed.every, longest }, random)
  let state: ItemFeedState = {
    feed: feed.id,
    ...(url === undefined ? {} : { url }),
    state: 'off',
    since: clock.now(),
    attempt: 0,
    items: 0,
    duplicates: 0,
    refused: {},
  }
  let marks: Marks = {}
  let askedAt = -Infinity
  let running: AbortController | undefined
  let asking = false
  let cancel = () => {}

  const enter = (change: Partial<ItemFeedState>, without: readonly (keyof ItemFeedState)[] = []) => {
    const next = { ...state, ...change, since: change.state === state.state ? state.since : clock.now() }
    state = Object.fromEntries(
      Object.entries(next).filter(([name]) => !without.includes(name as keyof ItemFeedState)),
    ) as unknown as ItemFeedState
    parts.onChange()
  }
  const schedule = (wait: Millis) => {
    cancel()
    cancel = clock.after(wait, () => void turn())
    return Math.round(clock.now() + wait)
  }
  /** How long until the feed may be asked again. */
  const untilAllowed = () => Math.max(0, askedAt + feed.every - clock.monotonic())

  const turn = async () => {
    const { signal } = running ?? {}
    if (signal === undefined || asking) return
    asking = true
    try {
      const key = feed.needsKey ? await parts.key() : ''
      if (signal.aborted) return
      if (key === undefined || (feed.needsKey && key === '')) return enter({ state: 'keyless' }, ['fault', 'nextAt'])
      askedAt = clock.monotonic()
      const request = feed.request({ url: url ?? '', key, version: parts.version })
      const answer = await parts.ask()(request, marks, signal)
      if (signal.aborted) return
      succeed(answer.body === undefined ? {} : decode(answer.body, answer.receivedAt), answer.receivedAt)
      marks = answer.marks // only now: what could not be read is worth reading again
    } catch (error) {
      if (!signal.aborted) fail(error)
    } finally {
      asking = false
    }
  }
  const decode = (body: string, now: Millis): DecodedItems => {
    try {
      return feed.decode(body, { url: url ?? '', now })
    } catch (error) {
      if (!(error instanceof ItemError)) throw error
      throw new FaultError('feed-unreadable', `${error.message.replace(/\.$/, '')} (${error.rule}).`)
    }
  }
  const succeed = (decoded: DecodedItems, receivedAt: Millis) => {
    const { items, duplicates, refused, newestAt } = parts.take(decoded, receivedAt)
    backoff.reset()
    const counts: Partial<Record<RefusalRule, number>> = { ...state.refused }
    for (const rule of refused) counts[rule] = (counts[rule] ?? 0) + 1
    const nextAt = schedule(feed.every * (1 + JITTER * random()))
    const change = {
      state: 'live',
      attempt: 0,
      lastAt: receivedAt,
      ...(newestAt === undefined ? {} : { lastItemAt: Math.max(newestAt, state.lastItemAt ?? newestAt) }),
      nextAt,
      items: state.items + items,
      duplicates: state.duplicates + duplicates,
      refused: counts,
    } as const
    enter(change, ['fault'])
  }
  const fail = (error: unknown) => {
    const fault: Fault = toFault(error)
    const asked = error instanceof NetworkFault ? (error.retryAfter ?? 0) : 0
    const nextAt = schedule(Math.max(backoff.next(), feed.every, asked))
    enter({ state: 'down', fault, attempt: backoff.attempt, nextAt })
  }

  return {
    get state() {
      return state
    },
    start() {
      if (running) return
      running = new AbortController()
      enter({ state: 'waiting', nextAt: schedule(Math.max(untilAllowed(), random() * SPREAD)) }, ['fault'])
    },
    stop() {
      running?.abort()
      running = undefined
      cancel()
      enter({ state: 'off' }, ['fault', 'nextAt'])
    },
    refresh() {
      if (!running) throw new FaultError('bad-request', 'This feed is switched off. Switch it on in the settings.')
      const wait = untilAllowed()
      if (wait > 0)
        throw new FaultError('rate-limited', `This feed may be asked again in ${Math.ceil(wait / 1_000)} s.`)
      schedule(0)
    },
    wake() {
      if (state.fault?.code === 'key-refused') askedAt = -Infinity // another key is another question
      if (running) enter({ nextAt: schedule(untilAllowed()) })
    },
  }
}
