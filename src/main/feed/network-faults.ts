import type { IncomingHttpHeaders } from 'node:http'
import type { FaultCode } from '../../shared/faults.ts'
import { FaultError } from '../../shared/faults.ts'
import type { Millis } from '../../shared/market.ts'
import { MINUTE, SECOND } from '../../shared/market.ts'

/** A request or a handshake that failed. `retryAfter`: the venue wants to be left alone for so long. */
export class NetworkFault extends FaultError {
  readonly retryAfter: Millis | undefined
  /** The venue did not say for how long: `retryAfter` is the usual wait. */
  readonly isGuess: boolean
  constructor(code: FaultCode, message: string, retryAfter?: Millis, isGuess = false) {
    super(code, message)
    this.name = 'NetworkFault'
    this.retryAfter = retryAfter
    this.isGuess = isGuess
  }
}

const BY_CODE: Readonly<Record<string, FaultCode>> = {
  ENOTFOUND: 'dns-failed',
  EAI_AGAIN: 'dns-failed',
  EAI_FAIL: 'dns-failed',
  EAI_NODATA: 'dns-failed',
  ECONNREFUSED: 'connect-refused',
  EHOSTUNREACH: 'connect-refused',
  ENETUNREACH: 'connect-refused',
  ENETDOWN: 'connect-refused',
  EADDRNOTAVAIL: 'connect-refused',
  ETIMEDOUT: 'connect-timeout',
  ECONNRESET: 'socket-closed',
  EPIPE: 'socket-closed',
  EPROTO: 'tls-failed',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls-failed',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls-failed',
  UNABLE_TO_GET_ISSUER_CERT: 'tls-failed',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls-failed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls-failed',
  HOSTNAME_MISMATCH: 'tls-failed',
}

const ADVICE: Partial<Record<FaultCode, (host: string) => string>> = {
  'dns-failed': (host) => `The name ${host} could not be resolved. Check the network and the DNS server.`,
  'connect-refused': (host) =>
    `${host} refused the connection or is not reachable. Check the network and the firewall.`,
  'connect-timeout': (host) => `${host} did not answer in time. Check the network and the proxy.`,
  'socket-closed': (host) => `${host} cut the connection before it answered.`,
  'tls-failed': (host) =>
    `The certificate of ${host} is not trusted or TLS failed. Check the machine’s clock, and set “caFile” if your network replaces certificates.`,
  'proxy-failed': (host) => `The proxy could not connect to ${host}. Check the setting “proxy”.`,
  'handshake-rejected': (host) => `${host} answered, but not as a WebSocket server.`,
}

const IS_TLS = /^(CERT_|ERR_TLS_|ERR_SSL_)/
const IS_PROXY = /socks|proxy/i
/** With a proxy these are the proxy's own: we connect to nothing else. */
const CONNECTING: readonly FaultCode[] = ['dns-failed', 'connect-refused', 'connect-timeout', 'socket-closed']

/** What a failed connection or request to `host` means. */
export function networkFault(error: unknown, host: string, proxied: boolean): NetworkFault {
  if (error instanceof NetworkFault) return error
  const { code = '', message }: { code?: string; message: string } =
    error instanceof Error ? error : new Error(String(error))
  let fault: FaultCode = BY_CODE[code] ?? 'socket-closed'
  if (IS_TLS.test(code)) fault = 'tls-failed'
  else if (/handshake has timed out/i.test(message)) fault = 'connect-timeout'
  else if (code === '' && /unexpected server response|invalid (sec-websocket|upgrade)/i.test(message))
    fault = 'handshake-rejected'
  else if (code.startsWith('HPE_')) fault = 'handshake-rejected'
  if (proxied && (CONNECTING.includes(fault) || IS_PROXY.test(message))) fault = 'proxy-failed'
  return new NetworkFault(fault, ADVICE[fault]?.(host) ?? message)
}

const RATE_LIMITED: Millis = 30 * SECOND
const BANNED: Millis = 2 * MINUTE
const LONGEST_HOLD: Millis = 60 * MINUTE

/** The fault of an answer that is an error whatever its body says, else undefined. `html`: the body is a page. */
export function statusFault(
  status: number,
  headers: IncomingHttpHeaders,
  host: string,
  html: boolean,
  now: Millis,
): NetworkFault | undefined {
  const asked = toRetryAfter(headers['retry-after'], now)
  if (status === 429)
    return new NetworkFault(
      'rate-limited',
      `${host} asks for fewer requests (429).`,
      asked ?? RATE_LIMITED,
      asked === undefined,
    )
  if (status === 418)
    return new NetworkFault('banned', `${host} has blocked this address for a while (418).`, asked ?? BANNED)
  if (status === 407)
    return new NetworkFault(
      'proxy-failed',
      'The proxy wants a user name and password (407). Check the setting “proxy”.',
    )
  if (status === 451 || (status === 403 && html))
    return new NetworkFault(
      'region-blocked',
      `${host} does not serve this region (${status}). Another network or a proxy may help.`,
    )
  if ((status >= 300 && status < 400) || (status < 400 && html))
    return new NetworkFault(
      'venue-error',
      `${host} answered with a web page (${status}). Is there a sign-in page in between?`,
    )
  if (status >= 500 || html)
    return new NetworkFault('venue-error', `${host} has trouble of its own (${status}).`, asked)
  return undefined
}

/** Seconds or a date, as a length of time; at most an hour, so that a wrong header cannot silence a venue for good. */
function toRetryAfter(header: string | undefined, now: Millis): Millis | undefined {
  if (header === undefined || header.trim() === '') return undefined
  const seconds = Number(header)
  const length = Number.isFinite(seconds) ? seconds * SECOND : Date.parse(header) - now
  return Number.isFinite(length) && length >= 0 ? Math.min(length, LONGEST_HOLD) : undefined
}
