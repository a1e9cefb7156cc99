import { describe, expect, it } from 'vitest'
import { clusterProfileSchema } from '../../../../shared/kafka-settings.ts'
import { checkProfile, NEW_PROFILE, toProfileDraft, toProfileId } from './profile-draft.ts'

describe('a profile as it is written', () => {
  it('comes back as it was', () => {
    const profile = clusterProfileSchema.parse({
      id: 'prod',
      name: 'Prod',
      brokers: ['a:9094', '[::1]:9094'],
      tls: { on: true, caFile: '/ca.pem', certFile: '/c.pem', keyFile: '/k.pem', serverName: 'kafka' },
      sasl: { mechanism: 'OAUTHBEARER', username: 'id', tokenUrl: 'https://sign.in/token' },
      readOnly: true,
      compression: 'zstd',
      replication: 3,
    })
    expect(checkProfile(toProfileDraft(profile), [])).toEqual({ profile })
  })

  it('makes an id from the name that no other has', () => {
    expect(toProfileId('Prod  Seoul!', [])).toBe('prod-seoul')
    expect(toProfileId('Prod Seoul', ['prod-seoul', 'prod-seoul-2'])).toBe('prod-seoul-3')
    expect(toProfileId('서울', [])).toBe('cluster')
  })

  it('names every field that is not right', () => {
    const checked = checkProfile(
      {
        ...NEW_PROFILE,
        brokers: 'kafka',
        encryption: 'mutual',
        signIn: 'OAUTHBEARER',
        replication: '0',
        clientId: '',
      },
      [],
    )
    expect(checked).toEqual({
      wrong: new Set(['certFile', 'keyFile', 'username', 'tokenUrl', 'name', 'brokers', 'clientId', 'replication']),
    })
  })

  it('forgets what an encryption or a sign-in that is off would need', () => {
    const checked = checkProfile(
      { ...NEW_PROFILE, name: 'local', brokers: 'localhost:9092', caFile: '/ca.pem', username: 'me' },
      [],
    )
    expect('profile' in checked && [checked.profile.tls.caFile, checked.profile.sasl]).toEqual([null, null])
  })
})
