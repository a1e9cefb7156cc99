import type { DoctorStep } from '../../shared/kafka-view.ts'
import type { ClusterProfile } from '../../shared/kafka-settings.ts'
import type { ClusterSecrets } from '../bus/bus.ts'
import type { OpenWire } from '../bus/wire.ts'
import { createRedactor } from '../secrets/redactor.ts'
import { createBoard } from './board.ts'
import { findNames } from './steps/dns.ts'
import { fetchBack } from './steps/fetch.ts'
import { visitListeners } from './steps/listeners.ts'
import { askMetadata } from './steps/metadata.ts'
import { produce } from './steps/produce.ts'
import { authenticate } from './steps/sasl.ts'
import { openPorts } from './steps/tcp.ts'
import { secure } from './steps/tls.ts'
import { fetchToken } from './token.ts'
import type { DoctorLimits, Visit } from './visit.ts'

export interface DoctorOptions {
  /** Ends the visit: the step under way goes back to waiting, and what was made is removed. */
  readonly signal: AbortSignal
  /** All eight steps, at every change. */
  readonly onStep: (steps: readonly DoctorStep[]) => void
  readonly openWire: OpenWire
  readonly limits?: DoctorLimits
}

const LIMITS: DoctorLimits = { connect: 5_000, answer: 10_000 }

/**
 * Tries a connection step by step, as a client would make it, and names the step that fails with what it found. The steps
 * after that one stay 'waiting'. Nothing is left on the cluster, nothing of the secrets in what is told.
 */
export async function runDoctor(
  profile: ClusterProfile,
  secrets: ClusterSecrets,
  options: DoctorOptions,
): Promise<readonly DoctorStep[]> {
  const { signal, limits = LIMITS } = options
  const redactor = createRedactor(secrets.password, secrets.keyPassphrase)
  const leaving: (() => unknown)[] = []
  let token: Promise<string> | undefined
  const visit: Visit = {
    profile,
    secrets,
    signal,
    limits,
    openWire: options.openWire,
    atEnd: (leave) => void leaving.unshift(leave),
    token() {
      const { sasl } = profile
      token ??= sasl
        ? fetchToken(sasl, secrets.password ?? '', signal, limits.answer).then((text) => {
            redactor.add(text)
            return text
          })
        : Promise.resolve('')
      return token
    },
  }
  const board = createBoard(visit, redactor, options.onStep)
  try {
    const named = await board.run('dns', () => findNames(visit))
    const open = named && (await board.run('tcp', () => openPorts(visit, named)))
    const address = open?.[0]
    const contact = address && (await board.run('tls', () => secure(visit, address), address))
    const signedIn = contact && (await board.run('sasl', () => authenticate(visit, contact), address))
    const cluster = signedIn && (await board.run('metadata', () => askMetadata(visit, signedIn), address))
    const reached = cluster && (await board.run('listeners', () => visitListeners(visit, cluster), address))
    const written = reached && (await board.run('produce', () => produce(visit, reached), address))
    if (written) await board.run('fetch', () => fetchBack(visit, written), address)
  } finally {
    for (const leave of leaving) await leave()
  }
  return board.steps
}
