/** Every trouble that a cluster can make, as a fault. What kafkajs says about retrying is not believed: the code decides. */

import type { Fault, FaultCode } from '../../../shared/faults.ts'
import { FaultError, toFault } from '../../../shared/faults.ts'
import type { Redactor } from '../../secrets/redactor.ts'
import type { ApiName } from './apis.ts'
import { CODES, PASSING_CODES, describeCode } from './codes.ts'

/** A fault of the moment: the same request may well work when it is made again, with fresh metadata. */
export class PassingError extends FaultError {}

/** Why a socket was closed that was closed by us. */
export const ENDED_HERE = 'ended here'

/** The right that an API needs, in the words of Kafka's ACLs. */
const RIGHTS: Readonly<Record<ApiName, string>> = {
  Metadata: 'Describe',
  Produce: 'Write',
  InitProducerId: 'IdempotentWrite',
  Fetch: 'Read',
  ListOffsets: 'Describe',
  GroupCoordinator: 'Describe',
  JoinGroup: 'Read',
  SyncGroup: 'Read',
  Heartbeat: 'Read',
  LeaveGroup: 'Read',
  OffsetCommit: 'Read',
  OffsetFetch: 'Describe',
  ListGroups: 'Describe',
  DescribeGroups: 'Describe',
  DeleteGroups: 'Delete',
  CreateTopics: 'Create',
  CreatePartitions: 'Alter',
  DeleteTopics: 'Delete',
  DescribeConfigs: 'DescribeConfigs',
  IncrementalAlterConfigs: 'AlterConfigs',
}

/** Codes with a fault of their own; the rest is what the broker refuses as asked. */
const FAULT_OF: Readonly<Record<number, FaultCode>> = {
  [CODES.unknownTopic]: 'unknown-topic',
  [CODES.messageTooLarge]: 'record-too-large',
  [CODES.recordListTooLarge]: 'record-too-large',
  [CODES.nonEmptyGroup]: 'group-active',
  [CODES.unknownMember]: 'group-active',
  [CODES.illegalGeneration]: 'group-active',
  [CODES.rebalanceInProgress]: 'group-active',
  [CODES.groupSubscribed]: 'group-active',
  [CODES.groupNotFound]: 'not-found',
  [CODES.offsetOutOfRange]: 'not-found',
  45: 'fenced',
  [CODES.duplicateSequence]: 'fenced',
  47: 'fenced',
  59: 'fenced',
  90: 'fenced',
}

/** What an error code means for whoever asked. `subject`: 'topic ticks', 'group readers'. */
export function codeFault(code: number, api: ApiName, subject: string, said?: string | null): FaultError {
  const words = said ?? describeCode(code)
  if (code === CODES.topicNotAuthorized || code === CODES.groupNotAuthorized)
    return missingRight(`${RIGHTS[api]} on ${subject}`)
  if (code === CODES.clusterNotAuthorized) return missingRight(`${RIGHTS[api]} on the cluster`)
  if (PASSING_CODES.has(code))
    return new PassingError('cluster-away', `The cluster could not answer for ${subject} just now (${words}).`)
  return new FaultError(FAULT_OF[code] ?? 'bad-request', `The cluster refused ${api} for ${subject} (${words}).`)
}

function missingRight(right: string): FaultError {
  return new FaultError(
    'not-authorized',
    `This user may not do that: the right ${right} is missing. Ask for it to be granted.`,
  )
}

/** Throws what the code means, if anything. */
export function checkCode(code: number, api: ApiName, subject: string, said?: string | null): void {
  if (code !== 0) throw codeFault(code, api, subject, said)
}

const TLS_CODE = /^(ERR_TLS|ERR_SSL|ERR_OSSL|EPROTO|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH)/
const DNS_CODES: readonly unknown[] = ['ENOTFOUND', 'EAI_AGAIN', 'EAI_NONAME']

/** Why a connection could not be made or was lost, as a fault naming the broker. */
export function connectionFault(error: unknown, address: string, redactor: Redactor): FaultError {
  if (error instanceof FaultError) return error
  const { name, code, message } = error as { name?: unknown; code?: unknown; message?: unknown }
  const words = redactor.text(String(message))
  if (name === 'KafkaJSSASLAuthenticationError' || /SASL|authentication/i.test(words))
    return new FaultError(
      'sasl-failed',
      `${address} refused the login (${words}). Check mechanism, user name and password.`,
    )
  if (name === 'KafkaJSServerDoesNotSupportApiKey')
    return new FaultError('bad-request', `${address} does not know what was asked of it (${words}).`)
  if (DNS_CODES.includes(code))
    return new PassingError('dns-failed', `The name of ${address} could not be found. Check the broker's address.`)
  if (typeof code === 'string' && TLS_CODE.test(code))
    return new PassingError(
      'tls-failed',
      `TLS with ${address} failed (${words}). Check the CA file, the certificate and the server name.`,
    )
  if (code === 'ECONNREFUSED')
    return new PassingError('cluster-away', `Nothing listens at ${address} (connection refused).`)
  return new PassingError('cluster-away', `The connection to ${address} was lost (${words}).`)
}

/** The one sentence and code of whatever was thrown inside the bus. */
export function busFault(error: unknown): FaultError {
  if (error instanceof FaultError) return error
  const fault: Fault = toFault(error)
  return new FaultError(fault.code, fault.message)
}
