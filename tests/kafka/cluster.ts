/**
 * Real brokers for tests. Where a test only talks to Kafka, it takes `useBrokers()`: one node per version for the whole
 * run, started when the first test asks. Where it kills nodes or needs listeners or settings of its own, it takes
 * `useCluster()` and closes it.
 */

import { inject } from 'vitest'
import type { Cluster, ClusterOptions } from '../../scripts/kafka/cluster.ts'
import { openCluster } from '../../scripts/kafka/open-cluster.ts'
import type { KafkaVersion } from '../../scripts/kafka/versions.ts'
import { NEWEST } from '../../scripts/kafka/versions.ts'
import { logFolder } from './log-folder.ts'

export type { Cluster } from '../../scripts/kafka/cluster.ts'
export type { KafkaVersion } from '../../scripts/kafka/versions.ts'

/** Brokers that other tests use at the same time: make topics and groups under names of your own. */
export interface SharedBrokers {
  readonly brokers: readonly string[]
}

/** A cluster of the caller's own, on free ports, gone with `close()` or with this process. Three nodes take about 15 s. */
export function useCluster(
  options: Pick<ClusterOptions, 'nodes' | 'version' | 'listeners' | 'users' | 'restricted' | 'settings' | 'onExit'>,
): Promise<Cluster> {
  return openCluster({ ...options, logs: logFolder() })
}

/** The run's one node of a version; instead of the newest, the cluster that KAFKA_BOOTSTRAP_SERVERS names, if it does. */
export async function useBrokers(version: KafkaVersion = NEWEST): Promise<SharedBrokers> {
  const given = process.env['KAFKA_BOOTSTRAP_SERVERS']
  if (given && version === NEWEST) return { brokers: given.split(',') }
  const answer = await fetch(`http://127.0.0.1:${inject('kafkaDoor')}/${version}`)
  if (!answer.ok) throw new Error(await answer.text())
  return (await answer.json()) as SharedBrokers
}
