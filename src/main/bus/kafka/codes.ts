import errorTable from 'kafkajs/src/protocol/error.js'

/** Kafka's error codes that the bus acts on, by its own names for them. */
export const CODES = {
  offsetOutOfRange: 1,
  corruptMessage: 2,
  unknownTopic: 3,
  leaderNotAvailable: 5,
  notLeader: 6,
  requestTimedOut: 7,
  messageTooLarge: 10,
  coordinatorLoading: 14,
  coordinatorNotAvailable: 15,
  notCoordinator: 16,
  invalidTopic: 17,
  recordListTooLarge: 18,
  notEnoughReplicas: 19,
  notEnoughReplicasAfterAppend: 20,
  illegalGeneration: 22,
  unknownMember: 25,
  rebalanceInProgress: 27,
  topicNotAuthorized: 29,
  groupNotAuthorized: 30,
  clusterNotAuthorized: 31,
  topicExists: 36,
  notController: 41,
  duplicateSequence: 46,
  storageError: 56,
  nonEmptyGroup: 68,
  groupNotFound: 69,
  fencedLeaderEpoch: 74,
  unknownLeaderEpoch: 75,
  offsetNotAvailable: 78,
  memberIdRequired: 79,
  groupSubscribed: 86,
  unstableOffsets: 88,
  throttled: 89,
  unknownTopicId: 100,
} as const

const C = CODES

/** The leader has moved or is being elected: ask again with fresh metadata. */
export const LEADER_CODES: ReadonlySet<number> = new Set([
  C.leaderNotAvailable,
  C.notLeader,
  C.storageError,
  C.fencedLeaderEpoch,
  C.unknownLeaderEpoch,
  C.offsetNotAvailable,
  C.unknownTopicId,
])

/** The group's coordinator has moved or is being made: look it up again. */
export const COORDINATOR_CODES: ReadonlySet<number> = new Set([
  C.coordinatorLoading,
  C.coordinatorNotAvailable,
  C.notCoordinator,
])

/** Will pass by itself. */
export const PASSING_CODES: ReadonlySet<number> = new Set([
  ...LEADER_CODES,
  ...COORDINATOR_CODES,
  C.corruptMessage,
  C.requestTimedOut,
  C.notEnoughReplicas,
  C.notEnoughReplicasAfterAppend,
  C.notController,
  C.unstableOffsets,
  C.throttled,
])

const names = new Map(errorTable.errorCodes.map(({ code, type, message }) => [code, { type, message }]))

/** What the broker meant, in Kafka's words. */
export function describeCode(code: number): string {
  const known = names.get(code)
  return known ? `${known.type}: ${known.message}` : `error code ${code}`
}
