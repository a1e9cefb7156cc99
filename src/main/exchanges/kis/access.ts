/** What KIS wants before it answers: a token for REST, an approval key for connections. https://apiportal.koreainvestment.com/apiservice */

import { HOUR, MINUTE, SECOND } from '../../../shared/market.ts'
import type { ExchangeAccess } from '../exchange.ts'
import { openKis } from './call.ts'

/** An approval key is good for connecting for a day. */
const APPROVAL = 24 * HOUR

/** Secrets and grants of an account: live and paper ones have nothing in common. */
export function createAccess(account: 'kis.live' | 'kis.paper'): ExchangeAccess {
  return {
    account,
    secrets: ['app-key', 'app-secret'],
    // More often is refused (EGW00133), and each issue sends the account's owner a notice.
    every: MINUTE,
    rest: {
      path: '/oauth2/tokenP',
      body: (secrets) =>
        JSON.stringify({
          grant_type: 'client_credentials',
          appkey: secrets['app-key'],
          appsecret: secrets['app-secret'],
        }),
      decode(body, receivedAt) {
        const answer = openKis(body)
        return {
          value: answer.text('access_token'),
          until: receivedAt + Number(answer.decimal('expires_in')) * SECOND,
        }
      },
    },
    headers: (token, secrets) => ({
      authorization: `Bearer ${token}`,
      appkey: secrets['app-key'] ?? '',
      appsecret: secrets['app-secret'] ?? '',
    }),
    stream: {
      path: '/oauth2/Approval',
      // The same secret by another name.
      body: (secrets) =>
        JSON.stringify({
          grant_type: 'client_credentials',
          appkey: secrets['app-key'],
          secretkey: secrets['app-secret'],
        }),
      decode: (body, receivedAt) => ({ value: openKis(body).text('approval_key'), until: receivedAt + APPROVAL }),
    },
    sign: (frame, grant) => frame.replace('"approval_key":""', () => `"approval_key":${JSON.stringify(grant)}`),
    codes: {
      EGW00121: 'expired',
      EGW00123: 'expired',
      EGW00133: 'too-soon',
      EGW00201: 'too-many',
      EGW00103: 'refused',
      EGW00105: 'refused',
    },
  }
}
