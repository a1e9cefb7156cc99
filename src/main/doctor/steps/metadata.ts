import { toFinding } from '../../../shared/doctor-findings.ts'
import type { WireCluster } from '../../bus/wire.ts'
import { toText } from '../address.ts'
import type { Outcome, Visit } from '../visit.ts'
import type { Contact } from './tls.ts'

/** Asks what the cluster is made of. */
export async function askMetadata(_visit: Visit, { wire, address }: Contact): Promise<Outcome<WireCluster>> {
  if (!(await wire.offers('Metadata')))
    return { finding: toFinding('metadata-controller', { address: toText(address) }) }
  const cluster = await wire.cluster()
  if (cluster.brokers.length === 0) return { finding: toFinding('metadata-empty', { address: toText(address) }) }
  return {
    finding: toFinding('metadata-ok', {
      brokers: String(cluster.brokers.length),
      topics: String(cluster.topics.filter((each) => !each.internal).length),
      cluster: cluster.id,
    }),
    next: cluster,
  }
}
