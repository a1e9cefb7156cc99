/** What of Kafka is open: the tab, and what is chosen in it. Lives on while another page is in front. */

import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { clusterStore } from '../../bridge/kafka-store.ts'

export const KAFKA_TABS = ['overview', 'topics', 'groups', 'messages', 'consumers'] as const
export type KafkaTab = (typeof KAFKA_TABS)[number]

export interface KafkaView {
  /** 'connect' has a head of its own and no tab. */
  readonly tab: KafkaTab | 'connect'
  readonly topic?: string
  readonly group?: string
  readonly consumer?: string
}

export const kafkaView = createStore<KafkaView>(() => ({ tab: 'overview' }))

// A topic or a group of one cluster is none of another's.
clusterStore.subscribe(({ cluster }, before) => {
  if (before.cluster && cluster?.profile?.id !== before.cluster.profile?.id)
    kafkaView.setState(({ tab }) => ({ tab }), true)
})

/** Opens a tab, with what it shall show. */
export function openKafka(tab: KafkaView['tab'], chosen: Omit<KafkaView, 'tab'> = {}): void {
  kafkaView.setState({ tab, ...chosen })
}

/** A part of what is open. */
export function useKafkaView<T>(select: (view: KafkaView) => T): T {
  return useStore(kafkaView, select)
}
