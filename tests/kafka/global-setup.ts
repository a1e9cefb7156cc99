import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestProject } from 'vitest/node'
import type { Cluster } from '../../scripts/kafka/cluster.ts'
import { openCluster } from '../../scripts/kafka/open-cluster.ts'
import { KAFKA_VERSIONS } from '../../scripts/kafka/versions.ts'
import type { KafkaVersion } from '../../scripts/kafka/versions.ts'
import { logFolder } from './log-folder.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Port where tests ask for the run's brokers (cluster.ts). */
    kafkaDoor: number
  }
}

/** Holds the brokers that all test files of a run share. Nothing is started until a test asks. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const clusters = new Map<KafkaVersion, Promise<Cluster>>()
  const door = createServer((request, response) => {
    const version = KAFKA_VERSIONS.find((each) => request.url === `/${each}`)
    if (!version) {
      response.writeHead(404).end(`no such Kafka: ${request.url}. There are: ${KAFKA_VERSIONS.join(', ')}.`)
      return
    }
    const cluster = clusters.get(version) ?? openCluster({ nodes: 1, version, logs: logFolder() })
    clusters.set(version, cluster)
    cluster.then(
      ({ brokers }) => response.end(JSON.stringify({ brokers })),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  project.provide('kafkaDoor', (door.address() as AddressInfo).port)
  return async () => {
    door.closeAllConnections()
    door.close()
    const started = await Promise.allSettled(clusters.values())
    for (const each of started) if (each.status === 'fulfilled') await each.value.close()
  }
}
