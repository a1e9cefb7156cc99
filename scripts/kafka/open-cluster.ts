import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createBroker } from './broker.ts'
import type { Broker } from './broker.ts'
import { createCertificates } from './certificates.ts'
import type { Cluster, ClusterOptions } from './cluster.ts'
import { checkFolder, prepareFolder, propertiesFile } from './cluster-folder.ts'
import { openGuard } from './guard.ts'
import { fetchJars } from './jars.ts'
import { checkJava } from './java.ts'
import { isEncrypted } from './listeners.ts'
import type { ListenerId } from './listeners.ts'
import { listNodes } from './metadata.ts'
import type { ClusterPlan } from './node-properties.ts'
import { planNodes } from './plan-nodes.ts'
import { poll } from './poll.ts'
import { SetupError } from './setup-error.ts'
import { NEWEST } from './versions.ts'
import type { KafkaVersion } from './versions.ts'

/** Two busy cores take several times the twelve seconds that three nodes need. */
const READY_WITHIN = 120_000
const USERS = { alice: 's3cret' }

/** Fetches, formats and starts a cluster; resolves when every node lists all the others. Rejects with a SetupError. */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const { nodes: count, version = NEWEST, listeners = [], signal, say = () => {}, onExit } = options
  await checkJava()
  if (options.data !== undefined) checkFolder(options.data, { version, nodes: count })
  const jars = await fetchJars(version, say, signal)
  const guard = openGuard()
  const folder = options.data ?? mkdtempSync(join(tmpdir(), 'tapedeck-kafka-'))
  if (options.data === undefined) guard.removeAtEnd(folder)
  const brokers: Broker[] = []
  const close = async () => {
    // A temporary cluster has nothing to hand over.
    await Promise.all(brokers.map((each) => (options.data === undefined ? each.kill() : each.stop())))
    await guard.end()
  }
  try {
    const plan: ClusterPlan = {
      nodes: await planNodes(folder, count, listeners, options.port),
      users: options.users ?? USERS,
      restricted: options.restricted ?? false,
      certificates: listeners.some(isEncrypted) ? await createCertificates(folder) : undefined,
      settings: options.settings ?? {},
    }
    await prepareFolder(folder, version, jars, plan, signal)
    const logs = options.logs ?? join(folder, 'logs')
    mkdirSync(logs, { recursive: true })
    for (const node of plan.nodes) {
      const log = join(logs, `node${node.id}.log`)
      const properties = propertiesFile(folder, node)
      brokers.push(createBroker({ id: node.id, version, jars, properties, log, guard, onExit }))
    }
    for (const broker of brokers) broker.launch()
    await untilReady(plan, brokers, signal)
    return toCluster(plan, version, brokers, signal, close)
  } catch (error) {
    await close()
    throw error
  }
}

/** Resolves when each running node lists all running nodes. Rejects with a SetupError when one ends, or it takes too long. */
async function untilReady(
  plan: ClusterPlan,
  brokers: readonly Broker[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const patience = AbortSignal.any([AbortSignal.timeout(READY_WITHIN), ...(signal ? [signal] : [])])
  const running = brokers.filter((each) => each.isRunning())
  const isReady = async () => {
    for (const each of running) {
      each.checkAlive()
      const listed = await listNodes(plan.nodes[each.id - 1]!.port)
      if (!running.every(({ id }) => listed?.some((node) => node.id === id))) return false
    }
    return true
  }
  await poll(isReady, patience).catch((error: unknown) => {
    if (signal?.aborted || !patience.aborted) throw error
    const logs = running.map((each) => each.log).join(', ')
    throw new SetupError(`Kafka was not ready within ${READY_WITHIN / 1000} s. Its logs: ${logs}`)
  })
}

function toCluster(
  plan: ClusterPlan,
  version: KafkaVersion,
  brokers: readonly Broker[],
  signal: AbortSignal | undefined,
  close: () => Promise<void>,
): Cluster {
  const of = (node: number) => {
    const found = brokers[node - 1]
    if (!found) throw new RangeError(`there is no node ${node}; nodes are 1 to ${brokers.length}`)
    return found
  }
  const asked = Object.keys(plan.nodes[0]!.listeners) as ListenerId[]
  return {
    version,
    brokers: plan.nodes.map((node) => `127.0.0.1:${node.port}`),
    listeners: Object.fromEntries(
      asked.map((id) => [
        id,
        plan.nodes.map((node) => `${isEncrypted(id) ? 'localhost' : '127.0.0.1'}:${node.listeners[id]!}`),
      ]),
    ),
    ...(plan.certificates && { certificates: plan.certificates }),
    pid: (node) => of(node).pid(),
    log: (node) => of(node).log,
    kill: (node) => of(node).kill(),
    stop: (node) => of(node).stop(),
    start: async (node) => {
      of(node).launch()
      await untilReady(plan, brokers, signal)
    },
    pause: (node) => of(node).pause(),
    resume: (node) => of(node).resume(),
    close,
  }
}
