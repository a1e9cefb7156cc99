import type { Cluster } from './cluster.ts'
import { CODES } from './codes.ts'
import { checkCode } from './errors.ts'

/** Topics that exist among those wanted, with their partition counts. */
export type Found = ReadonlyMap<string, number>

/** Whether a topic's name is one of the wanted names or patterns; "*" stands for any text. Kafka's own topics only by name. */
export function createTopicMatch(wanted: readonly string[]): (topic: string) => boolean {
  const names = new Set(wanted.filter((each) => !each.includes('*')))
  const patterns = wanted
    .filter((each) => each.includes('*'))
    .map((each) => new RegExp(`^${each.split('*').map(escapePattern).join('.*')}$`))
  return (topic) => names.has(topic) || (!topic.startsWith('__') && patterns.some((pattern) => pattern.test(topic)))
}

/** Looks up what exists of the wanted topics. A right that is missing for a plain name rejects; a missing topic is left out. */
export async function findTopics(cluster: Cluster, wanted: readonly string[]): Promise<Found> {
  const isPlain = wanted.every((each) => !each.includes('*'))
  const matches = createTopicMatch(wanted)
  const { topicMetadata } = await cluster.metadata(isPlain ? wanted : undefined)
  const found = new Map<string, number>()
  for (const { topic, topicErrorCode, partitionMetadata } of topicMetadata) {
    if (!matches(topic)) continue
    if (isPlain && topicErrorCode !== CODES.unknownTopic) checkCode(topicErrorCode, 'Metadata', `topic ${topic}`)
    if (topicErrorCode === 0) found.set(topic, partitionMetadata.length)
  }
  return found
}

export function isSameFound(a: Found, b: Found): boolean {
  return a.size === b.size && [...a].every(([topic, count]) => b.get(topic) === count)
}

function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
}

/** Whether every topic that is named in full is there. */
export function isWhole(topics: readonly string[], found: Found): boolean {
  return topics.every((topic) => topic.includes('*') || found.has(topic))
}
