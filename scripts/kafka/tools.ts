import { spawn } from 'node:child_process'
import { checkJava, javaArguments, javaProgram } from './java.ts'
import { fetchJars } from './jars.ts'
import { VERSIONS } from './versions.ts'
import type { KafkaVersion } from './versions.ts'

/** Main classes of Kafka's own tools, by the names of their scripts in a distribution less "kafka-" and ".sh". */
const TOOLS = {
  'console-consumer': 'org.apache.kafka.tools.consumer.ConsoleConsumer',
  'console-producer': undefined,
  'consumer-groups': 'org.apache.kafka.tools.consumer.group.ConsumerGroupCommand',
  topics: 'org.apache.kafka.tools.TopicCommand',
  configs: 'kafka.admin.ConfigCommand',
  acls: undefined,
  'get-offsets': 'org.apache.kafka.tools.GetOffsetShell',
  'delete-records': 'org.apache.kafka.tools.DeleteRecordsCommand',
  'leader-election': 'org.apache.kafka.tools.LeaderElectionCommand',
  'reassign-partitions': 'org.apache.kafka.tools.reassign.ReassignPartitionsCommand',
  'metadata-quorum': 'org.apache.kafka.tools.MetadataQuorumCommand',
  'producer-perf-test': 'org.apache.kafka.tools.ProducerPerformance',
  'dump-log': undefined,
} as const

export type ToolName = keyof typeof TOOLS
export const TOOL_NAMES = Object.keys(TOOLS) as readonly ToolName[]

export function mainClass(version: KafkaVersion, name: ToolName): string {
  const moved: Readonly<Partial<Record<ToolName, string>>> = VERSIONS[version].moved
  return TOOLS[name] ?? moved[name]!
}

/** Java's arguments for a tool, with the jars fetched where they are missing. Rejects with a SetupError. */
export async function toolArguments(
  version: KafkaVersion,
  name: ToolName,
  args: readonly string[],
  say: (text: string) => void,
): Promise<readonly string[]> {
  await checkJava()
  const jars = await fetchJars(version, say)
  return [...javaArguments(version, jars), mainClass(version, name), ...args]
}

/** Runs a tool on this terminal and ends with its exit code. */
export async function runTool(version: KafkaVersion, name: ToolName, args: readonly string[]): Promise<void> {
  const words = await toolArguments(version, name, args, (text) => process.stderr.write(`kafka: ${text}\n`))
  const child = spawn(javaProgram('java'), words, { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
  process.exitCode = await new Promise<number>((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(code ?? (signal ? 128 : 1)))
  })
}
