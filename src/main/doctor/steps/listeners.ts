import { isIP } from 'node:net'
import type { Finding, Reach } from '../../../shared/doctor-findings.ts'
import { toFinding } from '../../../shared/doctor-findings.ts'
import type { Wire, WireCluster } from '../../bus/wire.ts'
import { WireError } from '../../bus/wire.ts'
import { isLoopback, toAddress, toText } from '../address.ts'
import type { Address } from '../address.ts'
import { findHost } from '../dial.ts'
import { advertiseLine, containerLines, matchBootstrap } from '../listener-cure.ts'
import { reachBroker } from '../reach.ts'
import type { Outcome, Visit } from '../visit.ts'
import { SCRATCH } from './scratch.ts'

/** A cluster whose every broker can be talked to, each at the address that it advertises. */
export interface ClusterContact {
  readonly cluster: WireCluster
  /** By broker id. */
  readonly wires: ReadonlyMap<number, Wire>
}

interface Visited {
  readonly broker: number
  readonly advertised: Address
  /** What the profile says, where it can be told which of its addresses is meant. */
  readonly written: Address | undefined
  readonly reach: Reach
  readonly detail: string
  readonly wire: Wire | undefined
}

/**
 * Goes to every broker at the address that the cluster tells its clients: the address in the profile is only asked for
 * these, and all else goes to them. That they cannot be used from here is the commonest mistake with Kafka in containers.
 */
export async function visitListeners(visit: Visit, cluster: WireCluster): Promise<Outcome<ClusterContact>> {
  const bootstraps = visit.profile.brokers.map(toAddress)
  const visited = await Promise.all(
    cluster.brokers.map(async ({ id, host, port }): Promise<Visited> => {
      const advertised = { host, port }
      const written = matchBootstrap(advertised, bootstraps, cluster.brokers)
      return { broker: id, advertised, written, ...(await tryBroker(visit, advertised, cluster.id)) }
    }),
  )
  const table = visited.map(({ broker, written, advertised, reach }) => [
    String(broker),
    written ? toText(written) : '',
    toText(advertised),
    reach,
  ])
  const [failed] = visited.filter((each) => each.reach !== 'yes')
  if (failed) return { finding: await listenerFinding(visit, cluster, failed), table }
  const wires = new Map(visited.flatMap(({ broker, wire }) => (wire ? [[broker, wire] as const] : [])))
  return { finding: toFinding('listeners-ok', { total: String(visited.length) }), table, next: { cluster, wires } }
}

async function tryBroker(
  visit: Visit,
  advertised: Address,
  cluster: string,
): Promise<Pick<Visited, 'reach' | 'detail' | 'wire'>> {
  const reached = await reachBroker(visit, advertised)
  if (!('wire' in reached)) return { ...reached, wire: undefined }
  try {
    const { id } = await reached.wire.cluster([SCRATCH])
    return id === cluster
      ? { reach: 'yes', detail: '', wire: reached.wire }
      : { reach: 'elsewhere', detail: id, wire: undefined }
  } catch (error) {
    if (!(error instanceof WireError)) throw error
    return { reach: 'silent', detail: error.message, wire: undefined }
  }
}

async function listenerFinding(visit: Visit, cluster: WireCluster, failed: Visited): Promise<Finding> {
  const { profile } = visit
  const { reach, detail } = failed
  const wanted = failed.written ?? { ...toAddress(profile.brokers[0] ?? ''), port: failed.advertised.port }
  const broker = String(failed.broker)
  const advertised = toText(failed.advertised)
  const line = advertiseLine(profile, wanted)
  if (reach === 'tls') return toFinding('listener-tls', { broker, advertised, error: detail })
  if (reach === 'sign-in') return toFinding('listener-sign-in', { broker, advertised, said: detail })
  if (reach === 'silent') return toFinding('listener-silent', { broker, advertised })
  if (reach === 'elsewhere')
    return toFinding('listener-elsewhere', { broker, advertised, cluster: cluster.id, other: detail, copy: line })
  const values = { broker, advertised, bootstrap: toText(wanted), copy: line, hosts: await hostsLines(visit, failed) }
  if (isLoopback(failed.advertised) && !isLoopback(wanted)) return toFinding('listener-loopback', values)
  if (reach === 'refused') return toFinding('listener-refused', values)
  if (reach === 'timed-out') return toFinding('listener-timeout', values)
  if (failed.advertised.host.includes('.')) return toFinding('listener-not-found', values)
  return toFinding('listener-container', { ...values, copy: containerLines(profile, failed.advertised, wanted) })
}

/** For this machine's hosts file, where the broker is meant by a name and the port is right. */
async function hostsLines(visit: Visit, { advertised, written, reach }: Visited): Promise<string> {
  if (!written || reach !== 'not-found' || written.port !== advertised.port || isIP(advertised.host) !== 0) return ''
  const { signal, limits } = visit
  const [address] = (await findHost(written.host, { signal, timeout: limits.connect })) ?? []
  return address === undefined ? '' : `${address}  ${advertised.host}`
}
