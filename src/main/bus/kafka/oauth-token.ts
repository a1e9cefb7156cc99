import { FaultError } from '../../../shared/faults.ts'

/** Where and as whom a token is fetched with client credentials (RFC 6749, 4.4). */
export interface TokenSource {
  readonly url: string
  readonly clientId: string
  readonly clientSecret: string
}

const TIMEOUT = 10_000
/** A token is fetched anew when less than this share of its life is left. */
const RENEW_AT = 0.2
const USUAL_LIFE_SECONDS = 300

/** Bearer tokens, each fetched once and used until shortly before it ends. */
export function createTokens(source: TokenSource): () => Promise<string> {
  let held: { readonly token: Promise<string>; renewAt: number } | undefined
  return () => {
    if (held && performance.now() < held.renewAt) return held.token
    const fetched = fetchToken(source)
    const fresh = { token: fetched.then(({ token }) => token), renewAt: Infinity }
    held = fresh
    fetched.then(
      ({ seconds }) => (fresh.renewAt = performance.now() + seconds * 1_000 * (1 - RENEW_AT)),
      () => {
        if (held === fresh) held = undefined
      },
    )
    return fresh.token
  }
}

async function fetchToken(source: TokenSource): Promise<{ readonly token: string; readonly seconds: number }> {
  const refused = (reason: string) =>
    new FaultError(
      'sasl-failed',
      `No token came from ${source.url} (${reason}). Check the token URL, the client id and the client secret.`,
    )
  let body: unknown
  try {
    const response = await fetch(source.url, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`${encodeURIComponent(source.clientId)}:${encodeURIComponent(source.clientSecret)}`).toString('base64')}`,
        accept: 'application/json',
      },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
      signal: AbortSignal.timeout(TIMEOUT),
    })
    if (!response.ok) throw refused(`HTTP ${response.status}`)
    body = await response.json()
  } catch (error) {
    if (error instanceof FaultError) throw error
    throw refused(error instanceof Error ? error.message : String(error))
  }
  const { access_token: token, expires_in: seconds } = body as { access_token?: unknown; expires_in?: unknown }
  if (typeof token !== 'string') throw refused('its answer holds no access_token')
  return { token, seconds: typeof seconds === 'number' ? seconds : USUAL_LIFE_SECONDS }
}
