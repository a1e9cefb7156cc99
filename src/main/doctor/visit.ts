import type { Finding } from '../../shared/doctor-findings.ts'
import { toFinding } from '../../shared/doctor-findings.ts'
import type { ClusterProfile } from '../../shared/kafka-settings.ts'
import type { Millis } from '../../shared/market.ts'
import type { ClusterSecrets } from '../bus/bus.ts'
import type { OpenWire, WireError } from '../bus/wire.ts'
import { toText } from './address.ts'
import type { Address } from './address.ts'

export interface DoctorLimits {
  /** For a name, a connection, a TLS handshake. */
  readonly connect: Millis
  /** For an answer of a broker. */
  readonly answer: Millis
}

/** One run of the doctor: what it was given, and what it must leave behind clean. */
export interface Visit {
  readonly profile: ClusterProfile
  readonly secrets: ClusterSecrets
  readonly signal: AbortSignal
  readonly limits: DoctorLimits
  readonly openWire: OpenWire
  /** Bearer token of an OAUTHBEARER profile, fetched once a run. Rejects with a TokenError. */
  readonly token: () => Promise<string>
  /** Called at the end of the visit, whatever happened, latest first. */
  readonly atEnd: (leave: () => unknown) => void
}

/** What a step found; `next` is what the following one needs, absent where this one failed. */
export interface Outcome<Next> {
  readonly finding: Finding
  readonly table?: readonly (readonly string[])[]
  readonly next?: Next
}

/** A conversation that broke off, as a finding. */
export function wireFinding(error: WireError, address: Address, limits: DoctorLimits): Finding {
  const at = toText(address)
  switch (error.kind) {
    case 'closed':
      return toFinding('closed', { address: at })
    case 'timed-out':
      return toFinding('timed-out', { address: at, seconds: toSeconds(limits.answer) })
    case 'foreign':
      return toFinding('foreign', { address: at, said: error.detail })
    case 'unsupported':
      return toFinding('unsupported', { address: at, request: error.detail })
  }
}

export function toSeconds(time: Millis): string {
  return String(Math.round(time / 100) / 10)
}
