import { FaultError } from '../../../shared/faults.ts'
import type { Admin } from '../bus.ts'
import { createGroupAdmin } from './admin-groups.ts'
import { createTopicAdmin } from './admin-topics.ts'
import type { Cluster } from './cluster.ts'

/** Administration of a cluster. On a read-only profile every change is refused here, whoever asks. */
export function createAdmin(cluster: Cluster, profile: { readonly name: string; readonly readOnly: boolean }): Admin {
  const topics = createTopicAdmin(cluster)
  const groups = createGroupAdmin(cluster)
  const refuse = () => Promise.reject(readOnlyFault(profile.name))
  const changes = {
    create: topics.create,
    configure: topics.configure,
    addPartitions: topics.addPartitions,
    remove: topics.remove,
    commit: groups.commit,
    removeGroup: groups.removeGroup,
  }
  const refused = {
    create: refuse,
    configure: refuse,
    addPartitions: refuse,
    remove: refuse,
    commit: refuse,
    removeGroup: refuse,
  }
  return { ...topics, ...groups, ...(profile.readOnly ? refused : changes), close: async () => cluster.close() }
}

/** Why nothing may be written through a profile. */
export function readOnlyFault(profile: string): FaultError {
  return new FaultError(
    'read-only',
    `The profile ${profile} is read-only. Switch readOnly off in Settings › Kafka to change this cluster.`,
  )
}
