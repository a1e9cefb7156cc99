import type { LimitUse } from '../../shared/engine-view.ts'
import { FaultError } from '../../shared/faults.ts'
import type { Millis } from '../../shared/market.ts'
import { MINUTE, SECOND } from '../../shared/market.ts'
import type { Exchange, RestCall } from '../exchanges/exchange.ts'
import { FrameError, VenueError } from '../exchanges/exchange.ts'
import type { Access } from './access.ts'
import { ERRORS_IN_BODY } from './access.ts'
import type { Budget } from './budget.ts'
import { createBudget } from './budget.ts'
import type { Clock } from './clock.ts'
import type { Answer, Get } from './http.ts'
import { NetworkFault } from './network-faults.ts'
import type { Refusal } from './refusal.ts'

/** A venue's REST interface within its limits. Rejects with a FaultError, nothing else. */
export interface RestRunner {
  run<T>(call: RestCall<T>, signal?: AbortSignal): Promise<T>
  /** How long a call would wait for its limit now. */
  wait(call: Pick<RestCall<unknown>, 'group' | 'weight'>): Millis
  limits(): readonly LimitUse[]
}

export interface RestOptions {
  readonly exchange: Exchange
  readonly get: Get
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly access?: Access | undefined
  /** Where the venue's refusals hold for everything that is asked of it. */
  readonly refusal?: Refusal | undefined
  resolve(url: string): string
  /** An answer that is not what the venue documents. */
  onMalformed(error: FrameError, body: string, receivedAt: Millis): void
  onAnswer(answer: Answer): void
}

/** Faults that another host of the venue may not have. */
const ELSEWHERE: readonly string[] = [
  'dns-failed',
  'connect-refused',
  'connect-timeout',
  'tls-failed',
  'region-blocked',
  'socket-closed',
]

/** A whole region is not opened from one minute to the next, but a proxy may be set. */
const ELSEWHERE_AGAIN: Millis = MINUTE
const SHUT_OUT: Millis = 2 * MINUTE

export function createRest(options: RestOptions): RestRunner {
  const { exchange, clock, access, refusal } = options
  const takes = exchange.access === undefined ? [] : ERRORS_IN_BODY
  const { hosts } = exchange.rest
  const budgets = new Map<string, Budget>()
  for (const [group, limit] of Object.entries(exchange.rest.limits)) budgets.set(group, createBudget(limit, clock))
  let host = 0

  const ask = async (call: RestCall<unknown>, signal: AbortSignal): Promise<Answer> => {
    const budget = budgets.get(call.group)
    for (let tries = 1; ; tries++) {
      const used = host
      const headers = { ...(await access?.headers()), ...call.headers }
      // Waiting it out would keep whoever asks for minutes.
      if (refusal !== undefined && refusal.wait('rest') > 0) throw tooSoon(refusal)
      await budget?.take(call.weight, signal)
      if (refusal?.enter('rest') === false) throw tooSoon(refusal)
      try {
        const url = options.resolve(call.host ?? hosts[used % hosts.length]!) + call.path
        const answer = await options.get(url, signal, { headers, takes })
        if (answer.status === 403 && !takes.includes(403)) throw shutOut(url)
        refusal?.served()
        return answer
      } catch (error) {
        if (error instanceof NetworkFault && error.fault.code === 'rate-limited') refusal?.refused('rest', error)
        else refusal?.failed()
        if (!(error instanceof NetworkFault)) throw error
        const isLast = !ELSEWHERE.includes(error.fault.code) || tries >= hosts.length
        const wait = error.retryAfter ?? (error.fault.code === 'region-blocked' && isLast ? ELSEWHERE_AGAIN : 0)
        // A refusal speaks for all groups: what counts may be the address.
        if (wait > 0 && refusal === undefined) for (const each of budgets.values()) each.hold(wait)
        if (isLast) throw error
        if (host === used) host += 1
      }
    }
  }

  const shutOut = (url: string) =>
    new NetworkFault(
      'banned',
      `${new URL(url).host} refuses this address for a while (403).`,
      exchange.rest.restAfter403 ?? SHUT_OUT,
      true,
    )
  const tooSoon = (refused: Refusal) =>
    new FaultError(
      'rate-limited',
      `${exchange.names.en} is asked again in ${Math.ceil(refused.wait('rest') / 1_000)} s.`,
    )

  const run = async <T>(call: RestCall<T>, signal: AbortSignal, isFirst: boolean): Promise<T> => {
    const answer = await ask(call, signal)
    options.onAnswer(answer)
    try {
      return call.decode(answer.body, answer.receivedAt)
    } catch (error) {
      const meaning = error instanceof VenueError ? exchange.access?.codes[error.code] : undefined
      if (isFirst && meaning === 'expired') {
        access?.forget('rest')
        return run(call, signal, false)
      }
      const where = `${exchange.names.en}, ${call.path.split('?')[0]}`
      if (error instanceof VenueError && meaning === 'too-many') {
        for (const each of budgets.values()) each.hold(SECOND)
        throw new FaultError('rate-limited', `${where}: ${error.code} ${error.message}`)
      }
      if (error instanceof VenueError) throw new VenueError(error.code, `${where}: ${error.code} ${error.message}`)
      if (!(error instanceof FrameError)) throw error
      if (answer.status >= 400) throw new FaultError('venue-error', `${where}: status ${answer.status}.`)
      options.onMalformed(error, answer.body, answer.receivedAt)
      throw new FaultError('venue-error', `${where}: the answer could not be read: ${error.message}`)
    }
  }

  return {
    run: (call, signal) => run(call, signal ? AbortSignal.any([signal, options.signal]) : options.signal, true),
    wait: ({ group, weight }) => budgets.get(group)?.wait(weight) ?? 0,
    limits: () =>
      [...budgets].map(([group, budget]): LimitUse => {
        const held = refusal?.wait('rest') ?? 0
        return { of: 'calls', group, ...budget.use(), ...(held > 0 ? { heldFor: Math.ceil(held) } : {}) }
      }),
  }
}
