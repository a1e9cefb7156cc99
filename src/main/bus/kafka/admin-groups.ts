import assignerProtocol from 'kafkajs/src/consumer/assignerProtocol.js'
import type { Admin, GroupInfo, GroupMemberInfo } from '../bus.ts'
import type { Apis } from './apis.ts'
import type { Cluster } from './cluster.ts'
import { CODES } from './codes.ts'
import { busFault, checkCode } from './errors.ts'
import { commitOffsets, fetchCommitted, onCoordinator } from './offsets.ts'

type GroupAdmin = Pick<Admin, 'groups' | 'describeGroups' | 'committed' | 'commit' | 'removeGroup'>
type Described = Apis['DescribeGroups']['answer']['groups'][number]

/** Groups asked for at once. */
const TOGETHER = 8

/** What there is of groups, what they have committed, and what can be done to both. */
export function createGroupAdmin(cluster: Cluster): GroupAdmin {
  const groups = async () => {
    const { brokers } = await cluster.metadata([])
    const answers = await Promise.allSettled(brokers.map(({ nodeId }) => cluster.on(nodeId, 'ListGroups', undefined)))
    const failed = answers.find(({ status }) => status === 'rejected')
    if (failed && answers.every(({ status }) => status === 'rejected'))
      throw busFault((failed as PromiseRejectedResult).reason)
    const known = new Map<string, string>()
    for (const answer of answers) {
      if (answer.status === 'rejected') continue
      // A coordinator that is still loading lists what it has.
      if (answer.value.errorCode !== CODES.coordinatorLoading) checkCode(answer.value.errorCode, 'ListGroups', 'groups')
      for (const { groupId, protocolType } of answer.value.groups) known.set(groupId, protocolType)
    }
    return [...known].map(([group, protocol]) => ({ group, protocol })).toSorted((a, b) => (a.group < b.group ? -1 : 1))
  }

  const ask = (group: string): Promise<GroupInfo> =>
    onCoordinator(cluster, group, async (node) => {
      const { groups: described } = await cluster.on(node, 'DescribeGroups', { groupIds: [group] })
      const found = described[0]!
      checkCode(found.errorCode, 'DescribeGroups', `group ${group}`)
      return toGroup(found)
    })
  const describe = async (group: string): Promise<GroupInfo> => {
    try {
      return await ask(group)
    } catch (error) {
      if (busFault(error).fault.code !== 'not-authorized') throw error
      return { group, state: 'NotAuthorized', protocol: '', members: undefined }
    }
  }

  return {
    groups,
    async describeGroups(asked) {
      const described: GroupInfo[] = []
      for (let i = 0; i < asked.length; i += TOGETHER)
        described.push(...(await Promise.all(asked.slice(i, i + TOGETHER).map(describe))))
      if (!described.some(({ state }) => state === 'Dead')) return described
      // To this client a group of the newer protocol looks dead; one that is listed is not.
      const listed = new Set((await groups()).map(({ group }) => group))
      return described.map((info) =>
        info.state === 'Dead' && listed.has(info.group) ? { ...info, state: 'Unknown', members: undefined } : info,
      )
    },
    async committed(group, topics) {
      const all = await fetchCommitted(cluster, group, undefined)
      return topics ? all.filter(({ topic }) => topics.includes(topic)) : all
    },
    commit: (group, offsets) => commitOffsets(cluster, group, offsets),
    async removeGroup(group) {
      await onCoordinator(cluster, group, async (node) => {
        const { results } = await cluster.on(node, 'DeleteGroups', [group])
        checkCode(results[0]?.errorCode ?? 0, 'DeleteGroups', `group ${group}`)
      })
    },
  }
}

function toGroup({ groupId, state, protocolType, members }: Described): GroupInfo {
  return { group: groupId, state, protocol: protocolType, members: members.map(toMember) }
}

function toMember({ memberId, clientId, clientHost, memberAssignment }: Described['members'][number]): GroupMemberInfo {
  return { id: memberId, clientId, host: clientHost.replace(/^\//, ''), assigned: readAssignment(memberAssignment) }
}

/** Empty where a group is not of consumers, or is in the middle of a rebalance. */
function readAssignment(bytes: Buffer): GroupMemberInfo['assigned'] {
  if (bytes.length === 0) return []
  try {
    const { assignment } = assignerProtocol.MemberAssignment.decode(bytes) ?? { assignment: {} }
    return Object.entries(assignment).flatMap(([topic, partitions]) =>
      partitions.map((partition) => ({ topic, partition })),
    )
  } catch {
    return []
  }
}
