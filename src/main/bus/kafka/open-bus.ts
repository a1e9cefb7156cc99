import { FaultError } from '../../../shared/faults.ts'
import type { ClusterProfile } from '../../../shared/kafka-settings.ts'
import type { Log } from '../../log.ts'
import type { Bus, ClusterSecrets } from '../bus.ts'
import { createAdmin, readOnlyFault } from './admin.ts'
import { toClientConfig } from './client-config.ts'
import { createCluster } from './cluster.ts'
import { createCut } from './cut.ts'
import { USUAL_FETCH, createFetcher } from './fetcher.ts'
import { createKafkaLogger } from './kafka-log.ts'
import { createMember } from './member.ts'
import { createProducer } from './producer.ts'
import { read } from './read.ts'
import { createStateWatch } from './state-watch.ts'

export interface BusOptions {
  readonly profile: ClusterProfile
  readonly secrets: ClusterSecrets
  readonly log: Pick<Log, 'info' | 'warn'>
}

/** Connects to a cluster, for good: it does not wait for it, and comes back whenever the cluster does. */
export function openBus({ profile, secrets, log }: BusOptions): Bus {
  const cut = createCut()
  const config = { ...toClientConfig(profile, secrets), cut }
  const logger = createKafkaLogger(log, profile.name, config.redactor)
  const openCluster = (clientId = config.clientId) => createCluster({ ...config, clientId }, logger)
  const stop = new AbortController()
  const watch = createStateWatch(openCluster(), profile, log)
  const admin = createAdmin(openCluster(), profile)
  const reading = openCluster()
  const readers = createFetcher(reading, USUAL_FETCH)
  const parts = new Set<{ close(): Promise<void> }>()

  const keep = <P extends { close(): Promise<void> }>(part: P): P => {
    const close = async () => {
      parts.delete(kept)
      await part.close()
    }
    const kept = { ...part, close }
    parts.add(kept)
    return kept
  }
  const checkOpen = () => {
    if (stop.signal.aborted) throw new FaultError('cancelled', `The connection to ${profile.name} was closed.`)
  }

  return {
    profile,
    state: watch.state,
    onState: watch.onState,
    cut: cut.begin,
    cutUntil: cut.until,
    producer(options = {}) {
      checkOpen()
      if (profile.readOnly) throw readOnlyFault(profile.name)
      return keep(createProducer(openCluster(), profile.compression, options))
    },
    member(options) {
      checkOpen()
      const clientId = options.name === undefined ? config.clientId : `${config.clientId}-${options.name}`
      return keep(createMember(() => openCluster(clientId), options, profile.readOnly))
    },
    admin,
    read: (topic, partition, from, signal) =>
      read(readers, topic, partition, from, AbortSignal.any([signal, stop.signal])),
    async close() {
      stop.abort()
      watch.close()
      await Promise.all([...parts].map((part) => part.close()))
      await readers.close()
      reading.close()
      await admin.close()
    },
  }
}
