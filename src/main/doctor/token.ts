import type { ClusterProfile } from '../../shared/kafka-settings.ts'
import type { Millis } from '../../shared/market.ts'

/** No token was to be had; the message says in a few words why: a status, a network error, what was missing. */
export class TokenError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'TokenError'
  }
}

/** Fetches a bearer token by OAuth 2.0 client credentials (RFC 6749, 4.4). */
export async function fetchToken(
  sasl: NonNullable<ClusterProfile['sasl']>,
  clientSecret: string,
  signal: AbortSignal,
  timeout: Millis,
): Promise<string> {
  if (sasl.tokenUrl === null) throw new TokenError('tokenUrl')
  const basic = [sasl.username, clientSecret].map(encodeURIComponent).join(':')
  const answer = await fetch(sasl.tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
    headers: { accept: 'application/json', authorization: `Basic ${Buffer.from(basic).toString('base64')}` },
    redirect: 'error',
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
  }).catch((error: unknown) => {
    throw new TokenError(networkReason(error))
  })
  if (!answer.ok) throw new TokenError(`HTTP ${answer.status}`)
  const body: unknown = await answer.json().catch(() => undefined)
  const token = typeof body === 'object' && body !== null && 'access_token' in body ? body.access_token : undefined
  if (typeof token !== 'string' || token === '') throw new TokenError('access_token')
  return token
}

function networkReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  return cause instanceof Error && 'code' in cause
    ? String(cause.code)
    : error.name === 'TimeoutError'
      ? 'ETIMEDOUT'
      : error.message
}
