import { randomUUID } from 'node:crypto'
import { setTimeout as after } from 'node:timers/promises'
import type { Finding } from '../../../shared/doctor-findings.ts'
import { toFinding } from '../../../shared/doctor-findings.ts'
import type { Refusal, Wire } from '../../bus/wire.ts'
import { grantCommand, isAboutRights } from '../rights.ts'
import type { Right } from '../rights.ts'
import { createRemoval } from '../removal.ts'
import type { Outcome, Visit } from '../visit.ts'
import type { ClusterContact } from './listeners.ts'
import { SCRATCH, SCRATCH_CONFIGS } from './scratch.ts'

/** A record that was just written, for the next step to read. */
export interface Written {
  readonly contact: ClusterContact
  readonly wire: Wire
  readonly value: string
  readonly offset: string
  /** Deletes the topic; undefined where it was there before this visit. */
  readonly remove: (() => Promise<Refusal | undefined>) | undefined
}

/** What a broker says while a topic that was just made is not known everywhere yet. */
const NOT_YET = new Set(['UNKNOWN_TOPIC_OR_PARTITION', 'NOT_LEADER_FOR_PARTITION', 'LEADER_NOT_AVAILABLE'])
const TOO_FEW = new Set(['NOT_ENOUGH_REPLICAS', 'NOT_ENOUGH_REPLICAS_AFTER_APPEND'])
const AGAIN = 100

/** Writes one record to a topic of its own, acknowledged by all replicas. A read-only profile writes nothing. */
export async function produce(visit: Visit, contact: ClusterContact): Promise<Outcome<Written | ClusterContact>> {
  if (visit.profile.readOnly) return { finding: toFinding('produce-read-only', {}), next: contact }
  const { cluster, wires } = contact
  const [any] = wires.values()
  const controller = wires.get(cluster.controller) ?? any
  if (!controller) return { finding: toFinding('produce-no-leader', { topic: SCRATCH }) }

  const noRight = async (right: Right, resource = `topic ${SCRATCH}`) =>
    toFinding('produce-no-right', { right, resource, copy: await grantCommand(visit, right) })

  const [known] = (await controller.cluster([SCRATCH])).topics
  let remove: Written['remove']
  if (known === undefined || known.error !== undefined) {
    const { replication } = visit.profile
    const refusal = await controller.createTopic({
      name: SCRATCH,
      partitions: 1,
      replication,
      configs: SCRATCH_CONFIGS,
    })
    if (refusal && isAboutRights(refusal)) return { finding: await noRight('Create') }
    if (refusal && refusal.error !== 'TOPIC_ALREADY_EXISTS') return { finding: createFinding(refusal, visit, contact) }
    if (!refusal) remove = createRemoval(visit, controller)
  }

  const deadline = Date.now() + visit.limits.answer
  const value = `Tapedeck's connection doctor, ${randomUUID()}`
  let last: Refusal | undefined
  while (Date.now() < deadline) {
    const [topic] = (await controller.cluster([SCRATCH])).topics
    const wire = wires.get(topic?.partitions[0]?.leader ?? -1)
    if (wire) {
      const written = await wire.produce(SCRATCH, 0, value)
      if ('offset' in written) {
        // Since Kafka 3.0 the right to write brings this one along; before, it is one of its own.
        const idempotence = await wire.producerId()
        if (idempotence && isAboutRights(idempotence)) return { finding: await noRight('IdempotentWrite', 'cluster') }
        const { offset } = written
        return {
          finding: toFinding('produce-ok', { topic: SCRATCH, partition: '0', offset }),
          next: { contact, wire, value, offset, remove },
        }
      }
      last = written.refusal
      if (isAboutRights(last)) return { finding: await noRight('Write') }
      if (TOO_FEW.has(last.error)) return { finding: toFinding('produce-replicas', { topic: SCRATCH }) }
      if (!NOT_YET.has(last.error)) return { finding: refused(last) }
    }
    await after(AGAIN, undefined, { signal: visit.signal })
  }
  return { finding: last ? refused(last) : toFinding('produce-no-leader', { topic: SCRATCH }) }
}

function createFinding(refusal: Refusal, visit: Visit, { cluster }: ClusterContact): Finding {
  if (refusal.error === 'INVALID_REPLICATION_FACTOR')
    return toFinding('produce-replication', {
      replication: String(visit.profile.replication ?? 'default'),
      brokers: String(cluster.brokers.length),
    })
  if (refusal.error === 'POLICY_VIOLATION') return toFinding('produce-policy', { said: refusal.said })
  return refused(refusal)
}

const refused = ({ error, said }: Refusal) => toFinding('produce-refused', { error, said })
