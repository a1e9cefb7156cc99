import { FaultError } from '../../shared/faults.ts'
import { exchanges } from '../exchanges/registry.ts'
import type { Endpoints } from '../feed/network.ts'

/**
 * Addresses in place of the venues' own: an emulator that runs already, or mirrors that keep the venues' paths behind
 * `<base>/<venue>`, and those of news behind `<base>/news/<host>`. One base address for all, and behind commas others for
 * single venues: 'http://127.0.0.1:4000,upbit=http://127.0.0.1:4001'. Throws 'bad-setting' where something is no http address.
 */
export function endpointsAt(bases: string | undefined, name: string): Endpoints | undefined {
  if (bases === undefined || bases === '') return undefined
  const [base = '', ...others] = bases.split(',')
  const ids = [...exchanges.map(({ id }) => id), 'news'] as const
  const addresses = new Map<string, string>(ids.map((id) => [id, toAddress(base, name)]))
  for (const other of others) {
    const [id = '', ...address] = other.split('=')
    if (!addresses.has(id)) throw new FaultError('bad-setting', `${name}: there is no venue "${id}".`)
    addresses.set(id, toAddress(address.join('='), name))
  }
  return Object.fromEntries(
    [...addresses].map(([id, address]) => [
      id,
      { ws: `${address.replace(/^http/, 'ws')}/${id}`, rest: `${address}/${id}` },
    ]),
  )
}

function toAddress(base: string, name: string): string {
  const address = base.replace(/\/$/, '')
  if (!/^https?:\/\/[^\s/]+$/.test(address))
    throw new FaultError('bad-setting', `${name}: must look like http://127.0.0.1:4000, and "${base}" does not.`)
  return address
}
