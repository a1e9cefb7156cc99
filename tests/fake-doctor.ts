/** What the fake engine's connection doctor finds: 'prod-seoul' advertises names that are not found, all others are well. */

import type { Finding } from '../src/shared/doctor-findings.ts'
import { toFinding } from '../src/shared/doctor-findings.ts'
import type { DoctorStep } from '../src/shared/kafka-view.ts'
import type { ClusterProfile } from '../src/shared/kafka-settings.ts'

/** The steps as they end. */
export function doctorSteps(profile: ClusterProfile): readonly DoctorStep[] {
  const total = String(profile.brokers.length)
  const [address = ''] = profile.brokers
  const host = address.split(':')[0] ?? ''
  const step = (name: DoctorStep['step'], ms: number, finding: Finding): DoctorStep => ({
    step: name,
    state: 'ok',
    ms,
    finding,
  })
  const off = (name: DoctorStep['step'], finding: Finding): DoctorStep => ({ step: name, state: 'skipped', finding })
  const first: readonly DoctorStep[] = [
    step('dns', 3, toFinding('dns-found', { total, host, address: '10.20.4.11' })),
    step('tcp', 5, toFinding('tcp-open', { total, address })),
    profile.tls.on
      ? step('tls', 21, toFinding('tls-ok', { version: 'TLS 1.3', days: '84', issuer: 'Corp Root CA' }))
      : off('tls', toFinding('tls-off', {})),
    profile.sasl
      ? step('sasl', 34, toFinding('sasl-ok', { username: profile.sasl.username, mechanism: profile.sasl.mechanism }))
      : off('sasl', toFinding('sasl-off', {})),
    step('metadata', 12, toFinding('metadata-ok', { brokers: total, topics: '42', cluster: '7Qk2mXo4Q3ebkA1oS0uYzA' })),
  ]
  if (profile.id !== 'prod-seoul')
    return [
      ...first,
      step('listeners', 9, toFinding('listeners-ok', { total })),
      profile.readOnly
        ? off('produce', toFinding('produce-read-only', {}))
        : step('produce', 22, toFinding('produce-ok', { topic: 'tapedeck.doctor.5f2c', partition: '0', offset: '0' })),
      step('fetch', 14, toFinding('fetch-ok', { topic: 'tapedeck.doctor.5f2c', offset: '0' })),
    ]
  return [
    ...first,
    {
      step: 'listeners',
      state: 'failed',
      ms: 337,
      finding: toFinding('listener-not-found', {
        broker: '2',
        advertised: 'kafka-2.internal:9094',
        bootstrap: 'kafka-2.example.com:9094',
        copy: 'advertised.listeners=SASL_SSL://kafka-2.example.com:9094',
        hosts: '10.20.4.12  kafka-2.internal\n10.20.4.13  kafka-3.internal',
      }),
      table: [
        ['1', 'kafka-1.example.com:9094', 'kafka-1.example.com:9094', 'yes'],
        ['2', 'kafka-2.example.com:9094', 'kafka-2.internal:9094', 'not-found'],
        ['3', 'kafka-3.example.com:9094', 'kafka-3.internal:9094', 'not-found'],
      ],
    },
    { step: 'produce', state: 'skipped' },
    { step: 'fetch', state: 'skipped' },
  ]
}
