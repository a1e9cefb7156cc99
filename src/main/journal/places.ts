/** The journal's partitions as a list: threads name a partition by its index in it. */

import type { TopicId } from '../../shared/topics.ts'
import { TOPICS, topicName } from '../../shared/topics.ts'
import type { Place } from './journal.ts'

export interface TopicPlace extends Place {
  readonly id: TopicId
}

/** All partitions of all topics, in the order of TOPICS. */
export function placesOf(demo: boolean): readonly TopicPlace[] {
  return Object.entries(TOPICS).flatMap(([id, topic]) =>
    Array.from({ length: topic.partitions }, (_, partition) => ({
      id: id as TopicId,
      topic: topicName(topic, demo),
      partition,
    })),
  )
}

/** A partition as text, to look it up by. */
export function placeKey(place: Place): string {
  return `${place.topic}/${place.partition}`
}
