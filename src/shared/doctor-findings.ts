/**
 * What the connection doctor can find, step by step: one row per finding, with the values that its sentence is filled
 * with. The sentences lie in renderer/i18n (doctor.ts), in both languages.
 *
 * Two values are no part of a sentence but text to copy as it stands: `copy` (for the brokers, or for a shell) and `hosts`
 * (lines for this machine's hosts file). Either may be '': then there is nothing to copy.
 */

import type { DoctorStep } from './kafka-view.ts'

type Step = DoctorStep['step']
interface Row {
  /** 'any': whichever step was speaking with the broker. */
  readonly step: Step | 'any'
  readonly state: 'ok' | 'failed' | 'skipped'
  readonly values: readonly string[]
}

export const DOCTOR_STEPS = [
  'dns',
  'tcp',
  'tls',
  'sasl',
  'metadata',
  'listeners',
  'produce',
  'fetch',
] as const satisfies readonly Step[]

export const DOCTOR_FINDINGS = {
  'dns-found': { step: 'dns', state: 'ok', values: ['total', 'host', 'address'] },
  'dns-literal': { step: 'dns', state: 'ok', values: ['total'] },
  /** Some names are unknown; any one that is found is enough to begin with. */
  'dns-some': { step: 'dns', state: 'ok', values: ['found', 'total', 'missing'] },
  'dns-not-found': { step: 'dns', state: 'failed', values: ['host'] },
  'dns-no-server': { step: 'dns', state: 'failed', values: ['host'] },

  'tcp-open': { step: 'tcp', state: 'ok', values: ['total', 'address'] },
  'tcp-some': { step: 'tcp', state: 'ok', values: ['open', 'total', 'closed'] },
  'tcp-refused': { step: 'tcp', state: 'failed', values: ['address'] },
  'tcp-timeout': { step: 'tcp', state: 'failed', values: ['address', 'seconds'] },
  'tcp-unreachable': { step: 'tcp', state: 'failed', values: ['address', 'error'] },

  'tls-ok': { step: 'tls', state: 'ok', values: ['version', 'days', 'issuer'] },
  'tls-soon': { step: 'tls', state: 'ok', values: ['version', 'days', 'until'] },
  'tls-off': { step: 'tls', state: 'skipped', values: [] },
  /** TLS is off and the password travels as it is. */
  'tls-off-exposed': { step: 'tls', state: 'skipped', values: ['mechanism'] },
  /** The profile says plain text; the port speaks TLS. */
  'tls-needed': { step: 'tls', state: 'failed', values: ['address'] },
  /** The profile says TLS; the port speaks plain text. */
  'tls-not-spoken': { step: 'tls', state: 'failed', values: ['address'] },
  'tls-expired': { step: 'tls', state: 'failed', values: ['subject', 'until'] },
  'tls-not-yet': { step: 'tls', state: 'failed', values: ['subject', 'from'] },
  'tls-wrong-host': { step: 'tls', state: 'failed', values: ['host', 'names'] },
  'tls-unknown-ca': { step: 'tls', state: 'failed', values: ['issuer', 'fingerprint', 'copy'] },
  'tls-self-signed': { step: 'tls', state: 'failed', values: ['subject', 'fingerprint', 'copy'] },
  /** The broker wants a certificate of ours, or does not take the one it got. */
  'tls-client-needed': { step: 'tls', state: 'failed', values: ['address'] },
  'tls-client-refused': { step: 'tls', state: 'failed', values: ['address', 'error'] },
  'tls-version': { step: 'tls', state: 'failed', values: ['address'] },
  'tls-closed': { step: 'tls', state: 'failed', values: ['address'] },
  'tls-file': { step: 'tls', state: 'failed', values: ['field', 'path', 'reason'] },
  'tls-key-locked': { step: 'tls', state: 'failed', values: ['path'] },
  'tls-key-other': { step: 'tls', state: 'failed', values: ['path'] },
  'tls-failed': { step: 'tls', state: 'failed', values: ['address', 'error'] },

  'sasl-ok': { step: 'sasl', state: 'ok', values: ['username', 'mechanism'] },
  'sasl-off': { step: 'sasl', state: 'skipped', values: [] },
  'sasl-needed': { step: 'sasl', state: 'failed', values: ['enabled'] },
  'sasl-not-taken': { step: 'sasl', state: 'failed', values: ['address'] },
  'sasl-mechanism': { step: 'sasl', state: 'failed', values: ['mechanism', 'enabled'] },
  'sasl-no-password': { step: 'sasl', state: 'failed', values: ['mechanism'] },
  'sasl-refused': { step: 'sasl', state: 'failed', values: ['username', 'mechanism', 'said'] },
  'sasl-token': { step: 'sasl', state: 'failed', values: ['url', 'reason'] },
  'sasl-token-refused': { step: 'sasl', state: 'failed', values: ['said'] },

  'metadata-ok': { step: 'metadata', state: 'ok', values: ['brokers', 'topics', 'cluster'] },
  /** The address is a controller's: it takes no clients. */
  'metadata-controller': { step: 'metadata', state: 'failed', values: ['address'] },
  'metadata-empty': { step: 'metadata', state: 'failed', values: ['address'] },

  'listeners-ok': { step: 'listeners', state: 'ok', values: ['total'] },
  'listener-loopback': {
    step: 'listeners',
    state: 'failed',
    values: ['broker', 'advertised', 'bootstrap', 'copy', 'hosts'],
  },
  /** A name without dots that only the brokers' own network knows: a container's. */
  'listener-container': {
    step: 'listeners',
    state: 'failed',
    values: ['broker', 'advertised', 'bootstrap', 'copy', 'hosts'],
  },
  'listener-not-found': {
    step: 'listeners',
    state: 'failed',
    values: ['broker', 'advertised', 'bootstrap', 'copy', 'hosts'],
  },
  'listener-refused': {
    step: 'listeners',
    state: 'failed',
    values: ['broker', 'advertised', 'bootstrap', 'copy', 'hosts'],
  },
  'listener-timeout': {
    step: 'listeners',
    state: 'failed',
    values: ['broker', 'advertised', 'bootstrap', 'copy', 'hosts'],
  },
  'listener-tls': { step: 'listeners', state: 'failed', values: ['broker', 'advertised', 'error'] },
  'listener-sign-in': { step: 'listeners', state: 'failed', values: ['broker', 'advertised', 'said'] },
  'listener-silent': { step: 'listeners', state: 'failed', values: ['broker', 'advertised'] },
  /** The advertised address leads to another cluster. */
  'listener-elsewhere': {
    step: 'listeners',
    state: 'failed',
    values: ['broker', 'advertised', 'cluster', 'other', 'copy'],
  },

  'produce-ok': { step: 'produce', state: 'ok', values: ['topic', 'partition', 'offset'] },
  'produce-read-only': { step: 'produce', state: 'skipped', values: [] },
  'produce-no-right': { step: 'produce', state: 'failed', values: ['right', 'resource', 'copy'] },
  'produce-replicas': { step: 'produce', state: 'failed', values: ['topic'] },
  'produce-replication': { step: 'produce', state: 'failed', values: ['replication', 'brokers'] },
  'produce-policy': { step: 'produce', state: 'failed', values: ['said'] },
  'produce-no-leader': { step: 'produce', state: 'failed', values: ['topic'] },
  'produce-refused': { step: 'produce', state: 'failed', values: ['error', 'said'] },

  'fetch-ok': { step: 'fetch', state: 'ok', values: ['topic', 'offset'] },
  /** The scratch topic was there before, and stays. */
  'fetch-kept': { step: 'fetch', state: 'ok', values: ['topic', 'offset'] },
  /** Read back, but the scratch topic could not be deleted. */
  'fetch-left': { step: 'fetch', state: 'ok', values: ['topic', 'error', 'copy'] },
  /** A read-only profile: read from a topic that was there. */
  'fetch-read-only': { step: 'fetch', state: 'ok', values: ['topic'] },
  'fetch-no-topic': { step: 'fetch', state: 'skipped', values: [] },
  'fetch-no-right': { step: 'fetch', state: 'failed', values: ['right', 'resource', 'copy'] },
  'fetch-missing': { step: 'fetch', state: 'failed', values: ['topic', 'offset'] },
  'fetch-refused': { step: 'fetch', state: 'failed', values: ['error'] },

  /** The broker hung up, said nothing in time, or what answered is no Kafka. */
  closed: { step: 'any', state: 'failed', values: ['address'] },
  'timed-out': { step: 'any', state: 'failed', values: ['address', 'seconds'] },
  foreign: { step: 'any', state: 'failed', values: ['address', 'said'] },
  unsupported: { step: 'any', state: 'failed', values: ['address', 'request'] },
} as const satisfies Readonly<Record<string, Row>>

export type FindingCode = keyof typeof DOCTOR_FINDINGS

type ValueOf<C extends FindingCode> = (typeof DOCTOR_FINDINGS)[C]['values'][number]

/** One finding of the table, complete with its values. */
export interface Finding {
  readonly code: FindingCode
  readonly values: Readonly<Record<string, string>>
}

/** Makes a finding; a value that its row does not name, or one too few, does not compile. */
export function toFinding<C extends FindingCode>(code: C, values: Readonly<Record<ValueOf<C>, string>>): Finding {
  return { code, values }
}

/**
 * Last cell of each row of the listeners' table (broker id, address as written, address as advertised, this): whether the
 * advertised address can be used from here.
 */
export const REACH = ['yes', 'not-found', 'refused', 'timed-out', 'tls', 'sign-in', 'silent', 'elsewhere'] as const
export type Reach = (typeof REACH)[number]
