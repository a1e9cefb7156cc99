import { toFinding } from '../../../shared/doctor-findings.ts'
import { grantCommand, isAboutRights, toolCommand } from '../rights.ts'
import type { Outcome, Visit } from '../visit.ts'
import type { ClusterContact } from './listeners.ts'
import type { Written } from './produce.ts'
import { SCRATCH } from './scratch.ts'

/** How many topics a read-only visit tries before it says that none may be read. */
const TRIED = 20

/** Reads the record back; on a read-only profile, looks into a topic that is there. */
export async function fetchBack(visit: Visit, from: Written | ClusterContact): Promise<Outcome<void>> {
  if (!('wire' in from)) return fetchAny(visit, from)
  const { wire, value, offset } = from
  const fetched = await wire.fetch(SCRATCH, 0, offset)
  const left = await from.remove?.()
  if ('refusal' in fetched) {
    const { refusal } = fetched
    return {
      finding: isAboutRights(refusal)
        ? toFinding('fetch-no-right', {
            right: 'Read',
            resource: `topic ${SCRATCH}`,
            copy: await grantCommand(visit, 'Read'),
          })
        : toFinding('fetch-refused', { error: refusal.error }),
    }
  }
  if (!fetched.values.includes(value)) return { finding: toFinding('fetch-missing', { topic: SCRATCH, offset }) }
  if (!left) return { finding: toFinding(from.remove ? 'fetch-ok' : 'fetch-kept', { topic: SCRATCH, offset }) }
  const copy = `${toolCommand(visit, 'kafka-topics.sh')} --delete --topic ${SCRATCH}`
  return { finding: toFinding('fetch-left', { topic: SCRATCH, error: left.error, copy }) }
}

async function fetchAny(visit: Visit, { cluster, wires }: ClusterContact): Promise<Outcome<void>> {
  const candidates = cluster.topics.filter((each) => !each.internal && each.partitions.length > 0).slice(0, TRIED)
  if (candidates.length === 0) return { finding: toFinding('fetch-no-topic', {}) }
  let error = ''
  for (const { name, partitions } of candidates) {
    const [first] = partitions
    const wire = wires.get(first?.leader ?? -1)
    if (!first || !wire) continue
    const fetched = await wire.fetch(name, first.partition, '0')
    // That offset 0 is gone is an answer as good as a record.
    if (!('refusal' in fetched) || fetched.refusal.error === 'OFFSET_OUT_OF_RANGE')
      return { finding: toFinding('fetch-read-only', { topic: name }) }
    error = fetched.refusal.error
  }
  if (error !== 'TOPIC_AUTHORIZATION_FAILED') return { finding: toFinding('fetch-refused', { error }) }
  const resource = `topic ${candidates.map((each) => each.name).join(', ')}`.slice(0, 200)
  return { finding: toFinding('fetch-no-right', { right: 'Read', resource, copy: await grantCommand(visit, 'Read') }) }
}
