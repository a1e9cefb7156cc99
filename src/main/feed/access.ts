import { createHash } from 'node:crypto'
import type { Fault } from '../../shared/faults.ts'
import { FaultError, toFault } from '../../shared/faults.ts'
import type { Millis } from '../../shared/market.ts'
import { MINUTE, SECOND } from '../../shared/market.ts'
import type { Exchange, Secrets } from '../exchanges/exchange.ts'
import { FrameError, VenueError } from '../exchanges/exchange.ts'
import type { Clock } from './clock.ts'
import type { Get } from './http.ts'

/** Where secrets are read: the host's store. Names are '<account>:<secret>', as 'kis.live:app-key'. */
export interface SecretSource {
  get(name: string): Promise<string | undefined>
}

/** Where grants outlive a restart, so that none is asked for twice. */
export interface GrantKeep extends SecretSource {
  set(name: string, value: string | undefined): Promise<unknown>
}

export type GrantKind = 'rest' | 'stream'

/** What a venue issued to us against our secrets. All rejections are FaultErrors. */
export interface Access {
  /** Its secrets have not been entered: nothing is asked. False until they have been looked for. */
  readonly needsKey: boolean
  /** Its secrets are there. False until they have been looked for. */
  readonly hasKeys: boolean
  /** Settles when they have been looked for the first time. */
  readonly looked: Promise<void>
  /** What is wrong with the secrets, if anything. */
  readonly fault: Fault | undefined
  /** Headers for a REST call. */
  headers(): Promise<Readonly<Record<string, string>>>
  /** A frame of ours as it goes out on a connection opened now. */
  signer(): Promise<(frame: string) => string>
  /** The venue does not accept it any more. */
  forget(kind: GrantKind): void
  /** Other secrets may have been entered. Settles when they have been looked for. */
  renew(): Promise<void>
}

export interface AccessParts {
  readonly get: Get
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Absent: there are none. */
  readonly secrets?: SecretSource | undefined
  /** Absent: what is issued holds for this run. */
  readonly keep?: GrantKeep | undefined
  /** Where the venue's REST host really is. */
  resolve(url: string): string
}

/** The name under which a secret of an account is kept. */
export function secretName(account: string, secret: string): string {
  return `${account}:${secret}`
}

/** Statuses under which a venue that wants keys says what is wrong in its own words. */
export const ERRORS_IN_BODY: readonly number[] = [403, 500]

/** A grant is renewed so long before it ends. */
const MARGIN: Millis = 10 * MINUTE

interface Kept {
  /** Which secrets it was issued to: a digest of them. */
  readonly to: string
  /** Our wall clock, when it was asked for last. */
  readonly askedAt: Millis
  readonly value?: string
  readonly until?: Millis
}

/** Shares one request among all who ask at once, keeps what was issued, and never asks sooner than the venue allows. */
export function createAccess(exchange: Exchange, parts: AccessParts): Access | undefined {
  const { access, names } = exchange
  if (access === undefined) return undefined
  const { clock, keep = createMemoryKeep() } = parts
  const known = new Map<GrantKind, Kept | undefined>()
  const asking = new Map<GrantKind, Promise<string>>()
  let read: Promise<Secrets> | undefined
  let needsKey = false
  let hasKeys = false
  let refusedTo: string | undefined
  let fault: Fault | undefined

  const readSecrets = async (): Promise<Secrets> => {
    const found: Record<string, string> = {}
    for (const name of access.secrets) {
      const value = await parts.secrets?.get(secretName(access.account, name))
      if (value !== undefined && value !== '') found[name] = value
    }
    needsKey = access.secrets.some((name) => found[name] === undefined)
    hasKeys = !needsKey
    if (hasKeys) return found
    const missing = access.secrets.filter((name) => found[name] === undefined)
    throw fail('needs-key', `${names.en} needs a key: enter ${missing.join(' and ')} in the settings.`)
  }
  const secrets = () => (read ??= readSecrets())
  const fail = (code: 'needs-key' | 'key-refused', message: string) => {
    const error = new FaultError(code, message)
    fault = error.fault
    return error
  }
  const nameOf = (kind: GrantKind) => `${access.account}:grant:${kind}`
  const load = async (kind: GrantKind, to: string): Promise<Kept | undefined> => {
    if (!known.has(kind)) known.set(kind, toKept(await keep.get(nameOf(kind))))
    const kept = known.get(kind)
    return kept?.to === to ? kept : undefined
  }
  const save = async (kind: GrantKind, kept: Kept) => {
    known.set(kind, kept)
    // What cannot be kept holds for this run.
    await keep.set(nameOf(kind), JSON.stringify(kept)).catch(() => undefined)
  }

  const issue = async (kind: GrantKind): Promise<string> => {
    const given = await secrets()
    const to = digest(access.secrets.map((name) => given[name]))
    if (refusedTo === to) throw fail('key-refused', `${names.en} did not accept this key: check it in the settings.`)
    const kept = await load(kind, to)
    const now = clock.now()
    if (kept?.value !== undefined && (kept.until ?? 0) - MARGIN > now) return kept.value
    // The wall clock may have been set back: never longer than the venue's own limit.
    const wait = kept === undefined ? 0 : Math.min(access.every, kept.askedAt + access.every - now)
    if (wait > 0)
      throw new FaultError('rate-limited', `${names.en} is asked for a grant again in ${Math.ceil(wait / SECOND)} s.`)
    await save(kind, { to, askedAt: now })
    const grant = access[kind]
    const url = parts.resolve(exchange.rest.hosts[0] ?? '') + grant.path
    const { body, receivedAt } = await parts.get(url, parts.signal, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body: grant.body(given),
      takes: ERRORS_IN_BODY,
    })
    const granted = decode(() => grant.decode(body, receivedAt), to)
    await save(kind, { to, askedAt: now, ...granted })
    fault = undefined
    return granted.value
  }
  const decode = <T>(run: () => T, to: string): T => {
    try {
      return run()
    } catch (error) {
      if (error instanceof FrameError) throw new FaultError('venue-error', `${names.en}: its grant could not be read.`)
      if (!(error instanceof VenueError)) throw error
      const meaning = access.codes[error.code]
      if (meaning === 'refused') {
        refusedTo = to
        throw fail('key-refused', `${names.en} did not accept this key (${error.code}): check it in the settings.`)
      }
      throw new FaultError(meaning === 'too-soon' ? 'rate-limited' : 'venue-error', `${names.en}: ${error.code}.`)
    }
  }
  const grantOf = (kind: GrantKind): Promise<string> => {
    const running = asking.get(kind)
    if (running !== undefined) return running
    const next = issue(kind).finally(() => asking.delete(kind))
    asking.set(kind, next)
    return next
  }
  const settled = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (error) {
      if (error instanceof FaultError) throw error
      throw new FaultError('internal', toFault(error).message)
    }
  }
  const look = () =>
    secrets().then(
      () => {
        if (fault?.code === 'needs-key') fault = undefined
      },
      () => undefined,
    )
  const looked = look()

  return {
    looked,
    get hasKeys() {
      return hasKeys
    },
    get needsKey() {
      return needsKey
    },
    get fault() {
      return fault
    },
    headers: () => settled(grantOf('rest').then(async (token) => access.headers(token, await secrets()))),
    signer: () => settled(grantOf('stream').then((grant) => (frame: string) => access.sign(frame, grant))),
    forget(kind) {
      const kept = known.get(kind)
      if (kept === undefined) return
      void save(kind, { to: kept.to, askedAt: kept.askedAt })
    },
    renew() {
      read = undefined
      refusedTo = undefined
      fault = undefined
      return look()
    },
  }
}

function digest(secrets: readonly (string | undefined)[]): string {
  return createHash('sha256').update(JSON.stringify(secrets)).digest('hex').slice(0, 32)
}

/** What was kept, or undefined where it is none. */
function toKept(text: string | undefined): Kept | undefined {
  try {
    const kept = JSON.parse(text ?? 'null') as Partial<Kept> | null
    if (typeof kept?.to !== 'string' || typeof kept.askedAt !== 'number') return undefined
    return kept as Kept
  } catch {
    return undefined
  }
}

/** Grants of this run only. */
export function createMemoryKeep(): GrantKeep {
  const kept = new Map<string, string>()
  return {
    get: (name) => Promise.resolve(kept.get(name)),
    set(name, value) {
      if (value === undefined) kept.delete(name)
      else kept.set(name, value)
      return Promise.resolve()
    },
  }
}
