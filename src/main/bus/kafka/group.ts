/** The protocol of a consumer group: who is in it, and who of them reads what. One step each; when to take them is the member's. */

import assignerProtocol from 'kafkajs/src/consumer/assignerProtocol.js'
import type { Millis } from '../../../shared/market.ts'
import { ASSIGNORS } from './assign.ts'
import type { Place, Subscriber } from './assign.ts'
import type { Cluster } from './cluster.ts'
import { CODES } from './codes.ts'
import { checkCode } from './errors.ts'
import { findTopics } from './subscription.ts'

/** A member without a heartbeat for so long is out. */
export const SESSION: Millis = 10_000
/** How long a rebalance waits for members that are handling a batch. */
export const REBALANCE: Millis = 30_000
const ANSWER: Millis = 5_000

/** A place in the group, until the next rebalance. */
export interface Membership {
  readonly group: string
  readonly member: string
  readonly generation: number
  readonly coordinator: number
  readonly isLeader: boolean
  readonly assigned: readonly Place[]
}

/** The id under which the group knows a member; empty before it has one. It outlives a connection and a lost answer. */
export interface Identity {
  member: string
}

/** Codes of a group that has changed since it was asked. */
const CHANGED_CODES: ReadonlySet<number> = new Set([
  CODES.illegalGeneration,
  CODES.unknownMember,
  CODES.rebalanceInProgress,
])

/** Joins and waits until every member has been given its share. undefined: the group has changed meanwhile, ask again. */
export async function joinGroup(
  cluster: Cluster,
  group: string,
  identity: Identity,
  topics: readonly string[],
): Promise<Membership | undefined> {
  const coordinator = await cluster.coordinator(group)
  const metadata = assignerProtocol.MemberMetadata.encode({ version: 1, topics })
  const ask = () =>
    cluster.on(
      coordinator,
      'JoinGroup',
      {
        groupId: group,
        sessionTimeout: SESSION,
        rebalanceTimeout: REBALANCE,
        memberId: identity.member,
        protocolType: 'consumer',
        groupProtocols: Object.keys(ASSIGNORS).map((name) => ({ name, metadata })),
      },
      { lane: 'group', timeout: REBALANCE + ANSWER },
    )
  const offered = await ask()
  if (offered.errorCode === CODES.memberIdRequired) identity.member = offered.memberId
  const joined = offered.errorCode === CODES.memberIdRequired ? await ask() : offered
  if (CHANGED_CODES.has(joined.errorCode)) return forget(identity, joined.errorCode)
  checkCode(joined.errorCode, 'JoinGroup', `group ${group}`)
  identity.member = joined.memberId
  const isLeader = joined.leaderId === joined.memberId
  const shares = isLeader ? await shareOut(cluster, joined.groupProtocol, joined.members) : []
  const synced = await cluster.on(
    coordinator,
    'SyncGroup',
    { groupId: group, generationId: joined.generationId, memberId: joined.memberId, groupAssignment: shares },
    { lane: 'group', timeout: REBALANCE + ANSWER },
  )
  if (CHANGED_CODES.has(synced.errorCode)) return forget(identity, synced.errorCode)
  checkCode(synced.errorCode, 'SyncGroup', `group ${group}`)
  return {
    group,
    member: joined.memberId,
    generation: joined.generationId,
    coordinator,
    isLeader,
    assigned: readPlaces(synced.memberAssignment),
  }
}

function forget(identity: Identity, code: number): undefined {
  if (code === CODES.unknownMember) identity.member = ''
}

/** The leader's work: every member's share. */
async function shareOut(
  cluster: Cluster,
  assignor: string,
  members: readonly { readonly memberId: string; readonly memberMetadata: Buffer }[],
): Promise<readonly { readonly memberId: string; readonly memberAssignment: Buffer }[]> {
  const subscribers: readonly Subscriber[] = members.map(({ memberId, memberMetadata }) => ({
    member: memberId,
    topics: assignerProtocol.MemberMetadata.decode(memberMetadata).topics,
  }))
  const wanted = [...new Set(subscribers.flatMap(({ topics }) => topics))]
  const counts = wanted.length === 0 ? new Map<string, number>() : await findTopics(cluster, wanted)
  const assign = ASSIGNORS[assignor] ?? ASSIGNORS.range!
  return [...assign(subscribers, counts)].map(([memberId, places]) => ({
    memberId,
    memberAssignment: assignerProtocol.MemberAssignment.encode({
      version: 1,
      assignment: Object.fromEntries(
        [...Map.groupBy(places, ({ topic }) => topic)].map(([topic, of]) => [
          topic,
          of.map(({ partition }) => partition),
        ]),
      ),
    }),
  }))
}

function readPlaces(bytes: Buffer): readonly Place[] {
  if (bytes.length === 0) return []
  const { assignment } = assignerProtocol.MemberAssignment.decode(bytes) ?? { assignment: {} }
  return Object.entries(assignment).flatMap(([topic, partitions]) =>
    partitions.map((partition) => ({ topic, partition })),
  )
}

/** Says that the member is alive. Answers the code: a rebalance is no trouble, but a reason to join again. */
export async function heartbeat(
  cluster: Cluster,
  { group, member, generation, coordinator }: Membership,
): Promise<number> {
  const { errorCode } = await cluster.on(
    coordinator,
    'Heartbeat',
    { groupId: group, groupGenerationId: generation, memberId: member },
    { lane: 'group', timeout: ANSWER },
  )
  return errorCode
}

/** Leaves in order, so that the others need not wait for the session to end. */
export async function leaveGroup(cluster: Cluster, { group, member, coordinator }: Membership): Promise<void> {
  await cluster.on(coordinator, 'LeaveGroup', { groupId: group, memberId: member }, { lane: 'group', timeout: ANSWER })
}
