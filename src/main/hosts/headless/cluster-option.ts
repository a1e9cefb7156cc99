import { FaultError } from '../../../shared/faults.ts'
import type { ClusterProfile } from '../../../shared/kafka-settings.ts'
import type { ClusterSecrets } from '../../bus/bus.ts'
import { resolveKafka } from '../../kafka/profile.ts'
import { readClusterSecrets } from '../../secrets/secret-store.ts'
import type { SettingsFile } from '../../settings-file.ts'
import { openHeadlessSecrets } from './secrets.ts'

/**
 * The cluster of a command: --bootstrap-servers over the environment over the active profile of the settings. Throws
 * 'bad-request' where none is named, or what is named is not valid.
 */
export async function chooseCluster(
  settings: SettingsFile,
  folder: string,
  bootstrapServers: string | undefined,
): Promise<{ readonly profile: ClusterProfile; readonly secrets: ClusterSecrets; readonly prefix: string }> {
  const environment =
    bootstrapServers === undefined ? process.env : { ...process.env, KAFKA_BOOTSTRAP_SERVERS: bootstrapServers }
  const { kafka, profile, secrets, problems } = resolveKafka(settings.state.settings.kafka, environment)
  const [problem] = problems
  if (problem) throw new FaultError('bad-request', `${problem.field}: ${problem.message}`)
  if (!profile)
    throw new FaultError('bad-request', 'bootstrap-servers: no cluster is named. Write --bootstrap-servers host:9092.')
  return {
    profile,
    secrets: secrets ?? (await readClusterSecrets(await openHeadlessSecrets(folder), profile.id)),
    prefix: kafka.forward.prefix,
  }
}
