import type { Duplex } from 'node:stream'
import type { Reach } from '../../shared/doctor-findings.ts'
import { DOCTOR_FINDINGS } from '../../shared/doctor-findings.ts'
import type { Wire } from '../bus/wire.ts'
import { WireError } from '../bus/wire.ts'
import type { Address } from './address.ts'
import { dial } from './dial.ts'
import { encrypt } from './encrypt.ts'
import { signIn } from './sign-in.ts'
import { readTrust } from './trust.ts'
import type { Visit } from './visit.ts'

/** A conversation that ends with the visit. */
export function openConversation(visit: Visit, socket: Duplex): Wire {
  const wire = visit.openWire(socket, { clientId: visit.profile.clientId, timeout: visit.limits.answer })
  visit.atEnd(wire.close)
  return wire
}

export type Reached =
  | { readonly wire: Wire }
  | { readonly reach: Exclude<Reach, 'yes' | 'elsewhere'>; readonly detail: string }

/** Goes the whole way to a broker, as a client does: name, port, TLS, sign-in. Says where it ended. */
export async function reachBroker(visit: Visit, address: Address): Promise<Reached> {
  const { profile, secrets, signal, limits } = visit
  const dialled = await dial(address, { signal, timeout: limits.connect })
  if (!('socket' in dialled))
    return { reach: dialled.trouble === 'unreachable' ? 'timed-out' : dialled.trouble, detail: dialled.error }
  let socket: Duplex = dialled.socket
  if (profile.tls.on) {
    const files = await readTrust(profile.tls, secrets)
    if ('finding' in files) return { reach: 'tls', detail: files.finding.code }
    const encrypted = await encrypt(dialled.socket, address, profile.tls.serverName, files.trust, limits.connect)
    if ('error' in encrypted) return { reach: 'tls', detail: encrypted.error }
    socket = encrypted.socket
    if (encrypted.doubt !== undefined) {
      socket.destroy()
      return { reach: 'tls', detail: encrypted.doubt }
    }
  }
  const wire = openConversation(visit, socket)
  try {
    const finding = await signIn(visit, wire, address)
    return DOCTOR_FINDINGS[finding.code].state === 'failed'
      ? { reach: 'sign-in', detail: finding.values['said'] ?? finding.code }
      : { wire }
  } catch (error) {
    if (!(error instanceof WireError)) throw error
    return { reach: 'silent', detail: error.message }
  }
}
