import type { Finding } from '../../shared/doctor-findings.ts'
import { toFinding } from '../../shared/doctor-findings.ts'
import type { ClusterProfile } from '../../shared/kafka-settings.ts'
import { toText } from './address.ts'
import type { Address } from './address.ts'
import type { Peer } from './encrypt.ts'

type Judge = (peer: Peer, address: Address, serverName: string | null) => Finding

const unknownAuthority: Judge = ({ issuer, fingerprint }, address) =>
  toFinding('tls-unknown-ca', { issuer, fingerprint, copy: showChain(address) })
const selfSigned: Judge = ({ subject, fingerprint }, address) =>
  toFinding('tls-self-signed', { subject, fingerprint, copy: showChain(address) })

/** What is wrong with a certificate, by OpenSSL's or Node's code. */
const DOUBTS: Readonly<Record<string, Judge>> = {
  CERT_HAS_EXPIRED: ({ subject, until }) => toFinding('tls-expired', { subject, until }),
  CERT_NOT_YET_VALID: ({ subject, from }) => toFinding('tls-not-yet', { subject, from }),
  ERR_TLS_CERT_ALTNAME_INVALID: ({ names }, address, serverName) =>
    toFinding('tls-wrong-host', { host: serverName ?? address.host, names }),
  DEPTH_ZERO_SELF_SIGNED_CERT: selfSigned,
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
}

export function certificateFinding(doubt: string, peer: Peer, address: Address, serverName: string | null): Finding {
  return (
    DOUBTS[doubt]?.(peer, address, serverName) ?? toFinding('tls-failed', { address: toText(address), error: doubt })
  )
}

/** Alerts by which a broker says that it wants another certificate of ours, or one at all. */
const ABOUT_OURS = /ALERT_(CERTIFICATE|BAD_CERTIFICATE|UNKNOWN_CA|UNSUPPORTED_CERTIFICATE|HANDSHAKE_FAILURE)/
const ABOUT_VERSION = /UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|NO_PROTOCOLS_AVAILABLE/
const HUNG_UP = /^(ECONNRESET|EPIPE|)$/

/** Why no TLS connection came about, by the code of an alert or of the socket's end. */
export function handshakeFinding(error: string, address: Address, { tls }: ClusterProfile): Finding {
  const at = { address: toText(address) }
  if (ABOUT_VERSION.test(error)) return toFinding('tls-version', at)
  if (ABOUT_OURS.test(error))
    return tls.certFile === null
      ? toFinding('tls-client-needed', at)
      : toFinding('tls-client-refused', { ...at, error })
  return HUNG_UP.test(error) ? toFinding('tls-closed', at) : toFinding('tls-failed', { ...at, error })
}

const showChain = (address: Address) => `openssl s_client -showcerts -connect ${toText(address)} </dev/null`
