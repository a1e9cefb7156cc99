import type { Finding } from '../../../shared/doctor-findings.ts'
import { toFinding } from '../../../shared/doctor-findings.ts'
import type { Wire } from '../../bus/wire.ts'
import { WireError } from '../../bus/wire.ts'
import { toText } from '../address.ts'
import type { Address } from '../address.ts'
import { dial } from '../dial.ts'
import { encrypt } from '../encrypt.ts'
import { openConversation } from '../reach.ts'
import { certificateFinding, handshakeFinding } from '../tls-findings.ts'
import { readTrust } from '../trust.ts'
import type { Outcome, Visit } from '../visit.ts'
import { wireFinding } from '../visit.ts'

/** A broker that can be talked to, not yet signed in to. */
export interface Contact {
  readonly address: Address
  readonly wire: Wire
}

/** A certificate that ends within this many days is worth a word. */
const SOON = 14
/** Mechanisms that send the secret itself. */
const SENDS_SECRET = new Set(['PLAIN', 'OAUTHBEARER'])
/** A plain request's patience where only the kind of port is in question. */
const GUESS = 2_000

/** Encrypts, where the profile says so; where it does not, makes sure that the port takes plain text. */
export async function secure(visit: Visit, address: Address): Promise<Outcome<Contact>> {
  return visit.profile.tls.on ? overTls(visit, address) : inPlain(visit, address)
}

async function overTls(visit: Visit, address: Address): Promise<Outcome<Contact>> {
  const { profile, secrets, signal, limits } = visit
  const files = await readTrust(profile.tls, secrets)
  if ('finding' in files) return { finding: files.finding }
  const dialled = await dial(address, { signal, timeout: limits.connect })
  if (!('socket' in dialled)) return { finding: toFinding('tls-closed', { address: toText(address) }) }
  const encrypted = await encrypt(dialled.socket, address, profile.tls.serverName, files.trust, limits.connect)
  if ('error' in encrypted) {
    const plain = await speaksPlain(visit, address)
    return {
      finding: plain
        ? toFinding('tls-not-spoken', { address: toText(address) })
        : handshakeFinding(encrypted.error, address, profile),
    }
  }
  const { socket, peer, doubt } = encrypted
  if (doubt !== undefined) {
    socket.destroy()
    return { finding: certificateFinding(doubt, peer, address, profile.tls.serverName) }
  }
  const wire = openConversation(visit, socket)
  try {
    // With TLS 1.3 a broker refuses our certificate only after the handshake.
    await wire.offers('ApiVersions')
  } catch (error) {
    if (!(error instanceof WireError)) throw error
    const refused = error.detail.includes('ALERT') || (error.kind === 'closed' && profile.tls.certFile === null)
    return {
      finding: refused ? handshakeFinding(error.detail, address, profile) : wireFinding(error, address, limits),
    }
  }
  const { version, issuer, until } = peer
  const days = String(peer.days)
  return {
    finding:
      peer.days < SOON
        ? toFinding('tls-soon', { version, days, until })
        : toFinding('tls-ok', { version, days, issuer }),
    next: { address, wire },
  }
}

async function inPlain(visit: Visit, address: Address): Promise<Outcome<Contact>> {
  const { profile, signal, limits } = visit
  const dialled = await dial(address, { signal, timeout: limits.connect })
  if (!('socket' in dialled)) return { finding: toFinding('closed', { address: toText(address) }) }
  const wire = openConversation(visit, dialled.socket)
  try {
    await wire.offers('ApiVersions')
  } catch (error) {
    if (!(error instanceof WireError)) throw error
    const finding: Finding = (await speaksTls(visit, address))
      ? toFinding('tls-needed', { address: toText(address) })
      : wireFinding(error, address, limits)
    return { finding }
  }
  const mechanism = profile.sasl?.mechanism ?? ''
  return {
    finding: SENDS_SECRET.has(mechanism) ? toFinding('tls-off-exposed', { mechanism }) : toFinding('tls-off', {}),
    next: { address, wire },
  }
}

async function speaksPlain(visit: Visit, address: Address): Promise<boolean> {
  const dialled = await dial(address, { signal: visit.signal, timeout: GUESS })
  if (!('socket' in dialled)) return false
  const wire = visit.openWire(dialled.socket, { clientId: visit.profile.clientId, timeout: GUESS })
  const answered = await wire.offers('ApiVersions').then(
    () => true,
    () => false,
  )
  wire.close()
  return answered
}

async function speaksTls(visit: Visit, address: Address): Promise<boolean> {
  const dialled = await dial(address, { signal: visit.signal, timeout: GUESS })
  if (!('socket' in dialled)) return false
  const encrypted = await encrypt(dialled.socket, address, visit.profile.tls.serverName, {}, GUESS)
  if ('socket' in encrypted) encrypted.socket.destroy()
  return 'socket' in encrypted || encrypted.error.includes('ALERT')
}
