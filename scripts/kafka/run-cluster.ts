import type { ClusterOptions } from './cluster.ts'
import { openCluster } from './open-cluster.ts'

/** Keeps the process alive while nothing else does: the nodes are processes of their own. */
const A_DAY = 86_400_000

/** Runs a cluster until Ctrl-C or SIGTERM. stdout gets one line, the bootstrap servers; stderr the talk. */
export async function runCluster(options: ClusterOptions): Promise<void> {
  const stop = new AbortController()
  const { signal } = stop
  // npm and the terminal may both send one, so a second changes nothing.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => stop.abort())
  const alive = setInterval(() => {}, A_DAY)
  try {
    const cluster = await openCluster({
      ...options,
      say,
      signal,
      onExit: (node, log) => say(`node ${node} has ended. Its log: ${log}`),
    })
    process.stdout.write(`${cluster.brokers.join(',')}\n`)
    for (const [id, addresses] of Object.entries(cluster.listeners)) say(`${id}: ${addresses.join(',')}`)
    if (cluster.certificates) say(`certificates: ${Object.values(cluster.certificates).join(', ')}`)
    say(
      `Kafka ${cluster.version} is ready, ${options.data ? `data in ${options.data}` : 'data is temporary'}. Ctrl-C stops it.`,
    )
    await new Promise((resolve) => (signal.aborted ? resolve(undefined) : signal.addEventListener('abort', resolve)))
    say('stopping…')
    await cluster.close()
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    clearInterval(alive)
  }
}

function say(text: string): void {
  process.stderr.write(`kafka: ${text}\n`)
}
