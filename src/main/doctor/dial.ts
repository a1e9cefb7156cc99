import { lookup } from 'node:dns/promises'
import type { Socket } from 'node:net'
import { connect } from 'node:net'
import type { Millis } from '../../shared/market.ts'
import type { Address } from './address.ts'

export interface DialOptions {
  readonly signal: AbortSignal
  readonly timeout: Millis
}

/** IP addresses of a name; empty where nobody knows it, undefined where nobody was there to be asked. */
export async function findHost(host: string, options: DialOptions): Promise<readonly string[] | undefined> {
  const ended = AbortSignal.any([options.signal, AbortSignal.timeout(options.timeout)])
  const waiting = new Promise<undefined>((resolve) =>
    ended.addEventListener('abort', () => resolve(undefined), { once: true }),
  )
  const asking = lookup(host, { all: true }).then(
    (found) => found.map((each) => each.address),
    (error: NodeJS.ErrnoException) => (error.code === 'EAI_AGAIN' ? undefined : []),
  )
  return Promise.race([asking, waiting])
}

export type Dialled =
  | { readonly socket: Socket }
  | { readonly trouble: 'not-found' | 'refused' | 'timed-out' | 'unreachable'; readonly error: string }

const TROUBLES: Readonly<Record<string, 'not-found' | 'refused' | 'timed-out'>> = {
  ENOTFOUND: 'not-found',
  EAI_AGAIN: 'not-found',
  EAI_NONAME: 'not-found',
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timed-out',
}

/** Opens a TCP connection, to whichever address of the host answers first. */
export function dial(address: Address, options: DialOptions): Promise<Dialled> {
  return new Promise((resolve) => {
    const socket = connect({ ...address, signal: options.signal })
    const timer = setTimeout(() => fail('timed-out', ''), options.timeout)
    const fail = (trouble: (typeof TROUBLES)[string] | 'unreachable', error: string) => {
      clearTimeout(timer)
      socket.destroy()
      resolve({ trouble, error })
    }
    socket.once('error', (error: NodeJS.ErrnoException) => {
      const code = error.code ?? error.name
      fail(TROUBLES[code] ?? 'unreachable', code)
    })
    socket.once('connect', () => {
      clearTimeout(timer)
      socket.removeAllListeners('error')
      // Whoever takes it over listens for its own errors; until then none may end the process.
      socket.on('error', () => {})
      resolve({ socket })
    })
  })
}
