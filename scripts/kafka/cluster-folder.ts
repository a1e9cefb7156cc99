import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCommand } from './command.ts'
import { javaArguments, javaProgram } from './java.ts'
import { nodeProperties } from './node-properties.ts'
import type { ClusterPlan, NodePlan } from './node-properties.ts'
import { SetupError } from './setup-error.ts'
import type { KafkaVersion } from './versions.ts'

/** What a data folder says about the cluster that it holds. */
interface Formatted {
  readonly version: KafkaVersion
  readonly nodes: number
}

/** Throws a SetupError where the folder holds another kind of cluster. Tells whether it holds one at all. */
export function checkFolder(folder: string, wanted: Formatted): boolean {
  const file = join(folder, 'cluster.json')
  if (!existsSync(file)) return false
  const { version, nodes } = JSON.parse(readFileSync(file, 'utf8')) as Formatted
  if (version === wanted.version && nodes === wanted.nodes) return true
  throw new SetupError(
    `${folder} holds a Kafka ${version} with ${nodes} node${nodes === 1 ? '' : 's'}. Start it with --version ${version} --nodes ${nodes}, or choose another folder with --data.`,
  )
}

export function propertiesFile(folder: string, node: NodePlan): string {
  return join(folder, `node${node.id}.properties`)
}

/** Writes every node's settings, and formats the folders the first time. */
export async function prepareFolder(
  folder: string,
  version: KafkaVersion,
  jars: string,
  plan: ClusterPlan,
  signal?: AbortSignal,
): Promise<void> {
  const formatted = checkFolder(folder, { version, nodes: plan.nodes.length })
  mkdirSync(folder, { recursive: true })
  // Certificates' keys and passwords lie here.
  for (const node of plan.nodes)
    writeFileSync(propertiesFile(folder, node), nodeProperties(plan, node), { mode: 0o600 })
  if (formatted) return
  const id = clusterId()
  await Promise.all(
    plan.nodes.map(async (node) => {
      const { code, output } = await runCommand(
        javaProgram('java'),
        [...javaArguments(version, jars), ...FORMAT, id, '-c', propertiesFile(folder, node), ...scramUsers(plan.users)],
        signal,
      )
      if (code !== 0) throw new SetupError(`Kafka could not format ${node.folder}: ${output.trim()}`)
    }),
  )
  const made: Formatted = { version, nodes: plan.nodes.length }
  writeFileSync(join(folder, 'cluster.json'), `${JSON.stringify(made)}\n`)
}

const FORMAT = ['kafka.tools.StorageTool', 'format', '--ignore-formatted', '-t']

/** A random uuid as Kafka writes it: 22 letters, of which the first must not be "-", or its tools take it for an option. */
function clusterId(): string {
  const id = randomBytes(16).toString('base64url')
  return id.startsWith('-') ? clusterId() : id
}

function scramUsers(users: ClusterPlan['users']): readonly string[] {
  return Object.entries(users).flatMap(([user, password]) =>
    ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) => [
      '--add-scram',
      `${mechanism}=[name=${user},password=${password}]`,
    ]),
  )
}
