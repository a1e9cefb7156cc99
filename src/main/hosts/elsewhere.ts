import { FaultError } from '../../shared/faults.ts'
import { exchanges } from '../exchanges/registry.ts'
import type { Endpoints } from '../feed/network.ts'

/**
 * Addresses in place of the venues' own, from one base address: an emulator that runs already, or mirrors that keep the
 * venues' paths behind `<base>/<venue>`, and those of news behind `<base>/news/<host>`. Throws 'bad-setting' where it is no http address.
 */
export function endpointsAt(base: string | undefined, name: string): Endpoints | undefined {
  if (base === undefined || base === '') return undefined
  const address = base.replace(/\/$/, '')
  if (!/^https?:\/\/[^\s/]+$/.test(address))
    throw new FaultError('bad-setting', `${name}: must look like http://127.0.0.1:4000, and "${base}" does not.`)
  return Object.fromEntries(
    [...exchanges.map(({ id }) => id), 'news'].map((id) => [
      id,
      { ws: `${address.replace(/^http/, 'ws')}/${id}`, rest: `${address}/${id}` },
    ]),
  )
}
