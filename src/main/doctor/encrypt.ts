import { isIP } from 'node:net'
import type { Socket } from 'node:net'
import { connect } from 'node:tls'
import type { DetailedPeerCertificate, TLSSocket } from 'node:tls'
import type { Millis } from '../../shared/market.ts'
import type { Address } from './address.ts'
import type { Trust } from './trust.ts'

/** What the other end showed of itself. */
export interface Peer {
  readonly version: string
  readonly subject: string
  readonly issuer: string
  readonly fingerprint: string
  readonly names: string
  readonly from: string
  readonly until: string
  /** Whole days that the certificate is still valid; negative: expired. */
  readonly days: number
}

/** `doubt`: encrypted, but the certificate does not convince; OpenSSL's or Node's code says why. */
export type Encrypted =
  | { readonly socket: TLSSocket; readonly peer: Peer; readonly doubt: string | undefined }
  /** `error`: code of an alert, or of how the connection ended. */
  | { readonly error: string }

/** Shakes hands over TLS. Takes the socket over, and destroys it where that fails. */
export function encrypt(
  plain: Socket,
  address: Address,
  serverName: string | null,
  trust: Trust,
  timeout: Millis,
): Promise<Encrypted> {
  return new Promise((resolve) => {
    const name = serverName ?? address.host
    const socket = connect({
      ...trust,
      socket: plain,
      host: name,
      ...(isIP(name) === 0 ? { servername: name } : {}),
      // The certificate is judged here, so that the finding can name what it carries.
      rejectUnauthorized: false,
    })
    const fail = (error: string) => {
      clearTimeout(timer)
      socket.destroy()
      plain.destroy()
      resolve({ error })
    }
    const timer = setTimeout(() => fail('timed-out'), timeout)
    socket.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.message))
    socket.once('close', () => fail('ECONNRESET'))
    socket.once('secureConnect', () => {
      clearTimeout(timer)
      const doubt = socket.authorized ? undefined : String(socket.authorizationError)
      resolve({ socket, peer: toPeer(socket), doubt })
    })
  })
}

const DAY = 24 * 60 * 60 * 1_000

function toPeer(socket: TLSSocket): Peer {
  const certificate = socket.getPeerCertificate(true)
  const until = Date.parse(certificate.valid_to)
  return {
    version: (socket.getProtocol() ?? '').replace('TLSv', ''),
    subject: nameOf(certificate.subject),
    issuer: nameOf(topOf(certificate).issuer),
    fingerprint: certificate.fingerprint256,
    names: (certificate.subjectaltname ?? nameOf(certificate.subject)).replaceAll(/(DNS|IP Address):/g, ''),
    from: toDay(Date.parse(certificate.valid_from)),
    until: toDay(until),
    days: Math.floor((until - Date.now()) / DAY),
  }
}

/** The last certificate of the chain that was sent. */
function topOf(certificate: DetailedPeerCertificate): DetailedPeerCertificate {
  const { issuerCertificate } = certificate
  return issuerCertificate === undefined || issuerCertificate === certificate ? certificate : topOf(issuerCertificate)
}

function nameOf(holder: DetailedPeerCertificate['subject'] | undefined): string {
  const { CN, O } = holder ?? {}
  return [CN ?? O ?? ''].flat().join(', ')
}

function toDay(at: Millis): string {
  return new Date(at).toISOString().slice(0, 10)
}
