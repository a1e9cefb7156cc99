import { fileURLToPath } from 'node:url'

/** What differs between the versions of Apache Kafka that can be run here. Each has a folder with its pom.xml and its log settings. */
export interface Version {
  /** Java's argument that names the log settings. */
  readonly logging: string
  /** Main classes of Kafka's own tools that moved between versions. */
  readonly moved: { readonly 'console-producer': string; readonly acls: string; readonly 'dump-log': string }
}

/** The newest of the two lines in use: 4.x, and 3.x as it ended. */
export const VERSIONS = {
  '4.3.1': {
    logging: `-Dlog4j2.configurationFile=${versionFile('4.3.1', 'log4j2.properties')}`,
    moved: {
      'console-producer': 'org.apache.kafka.tools.ConsoleProducer',
      acls: 'org.apache.kafka.tools.AclCommand',
      'dump-log': 'org.apache.kafka.tools.DumpLogSegments',
    },
  },
  '3.9.1': {
    logging: `-Dlog4j.configuration=file:${versionFile('3.9.1', 'log4j.properties')}`,
    moved: {
      'console-producer': 'kafka.tools.ConsoleProducer',
      acls: 'kafka.admin.AclCommand',
      'dump-log': 'kafka.tools.DumpLogSegments',
    },
  },
} as const satisfies Record<string, Version>

export type KafkaVersion = keyof typeof VERSIONS
export const KAFKA_VERSIONS = Object.keys(VERSIONS) as readonly KafkaVersion[]
export const NEWEST: KafkaVersion = '4.3.1'

/** A file of a version's folder. */
export function versionFile(version: string, name: string): string {
  return fileURLToPath(new URL(`${version}/${name}`, import.meta.url))
}
