import type { Refusal } from '../bus/wire.ts'
import { readPrincipal } from './trust.ts'
import type { Visit } from './visit.ts'

const NOT_ALLOWED = new Set([
  'TOPIC_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
])

/** Whether a refusal is about rights, and not about what was asked. */
export function isAboutRights({ error }: Refusal): boolean {
  return NOT_ALLOWED.has(error)
}

/** The operations of Kafka's access rules that the doctor needs. */
export type Right = 'Create' | 'Write' | 'Read' | 'IdempotentWrite'

/** The command by which somebody who may do so grants a right, for all topics that begin like ours. */
export async function grantCommand(visit: Visit, right: Right): Promise<string> {
  const { profile } = visit
  const subject = profile.tls.certFile === null ? undefined : await readPrincipal(profile.tls.certFile)
  const principal = profile.sasl?.username ?? subject ?? 'ANONYMOUS'
  const resource = right === 'IdempotentWrite' ? '--cluster' : '--topic tapedeck. --resource-pattern-type prefixed'
  return `${toolCommand(visit, 'kafka-acls.sh')} --add --allow-principal 'User:${principal}' --operation ${right} ${resource}`
}

/** Kafka's own tool on this cluster; where it must sign in, with a file that its owner has. */
export function toolCommand({ profile }: Visit, tool: string): string {
  const config = profile.sasl !== null || profile.tls.on ? ' --command-config admin.properties' : ''
  return `${tool} --bootstrap-server ${profile.brokers.join(',')}${config}`
}
