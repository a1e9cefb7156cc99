import type { Finding } from '../../shared/doctor-findings.ts'
import { toFinding } from '../../shared/doctor-findings.ts'
import type { Wire } from '../bus/wire.ts'
import { toText } from './address.ts'
import type { Address } from './address.ts'
import { TokenError } from './token.ts'
import type { Visit } from './visit.ts'

/** The broker's port takes no sign-in at all. */
const NO_SIGN_IN = 'ILLEGAL_SASL_STATE'

/** Signs in as the profile says, or makes sure that nobody has to. */
export async function signIn(visit: Visit, wire: Wire, address: Address): Promise<Finding> {
  const { sasl } = visit.profile
  const { error, mechanisms } = await wire.handshake(sasl?.mechanism ?? 'PLAIN')
  const enabled = mechanisms.join(', ')
  if (sasl === null)
    return error === NO_SIGN_IN ? toFinding('sasl-off', {}) : toFinding('sasl-needed', { enabled: enabled || 'PLAIN' })
  const { mechanism, username } = sasl
  if (error === NO_SIGN_IN) return toFinding('sasl-not-taken', { address: toText(address) })
  if (error !== undefined) return toFinding('sasl-mechanism', { mechanism, enabled })

  const secret = await secretOf(visit)
  if (typeof secret !== 'string') return secret
  const refusal = await wire.signIn({ mechanism, username, secret })
  if (!refusal) return toFinding('sasl-ok', { username, mechanism })
  return mechanism === 'OAUTHBEARER'
    ? toFinding('sasl-token-refused', { said: refusal.said })
    : toFinding('sasl-refused', { username, mechanism, said: refusal.said })
}

async function secretOf(visit: Visit): Promise<string | Finding> {
  const { sasl } = visit.profile
  const { password } = visit.secrets
  const mechanism = sasl?.mechanism ?? ''
  if (password === undefined || password === '') return toFinding('sasl-no-password', { mechanism })
  if (mechanism !== 'OAUTHBEARER') return password
  try {
    return await visit.token()
  } catch (error) {
    if (!(error instanceof TokenError)) throw error
    return toFinding('sasl-token', { url: sasl?.tokenUrl ?? '', reason: error.message })
  }
}
