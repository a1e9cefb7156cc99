/** What the engine says of Kafka: the cluster for as long as the page lives, groups and consumers while somebody looks. */

import { useEffect, useEffectEvent, useState } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Fault } from '../../shared/faults.ts'
import type { ClusterView, ConsumerView, GroupDetail, GroupRow } from '../../shared/kafka-view.ts'
import { session } from './session.ts'

/** `cluster` is absent until the engine has answered for the first time. */
export const clusterStore = createStore<{ readonly cluster?: ClusterView }>(() => ({}))

/** Listens until left. */
export function followCluster(): () => void {
  return session.open('kafka.state', {}, (cluster) => clusterStore.setState({ cluster }))
}

/** A part of the cluster's state. Select small, stable values: the whole is new with each answer. */
export function useCluster<T>(select: (cluster: ClusterView | undefined) => T): T {
  return useStore(clusterStore, (state) => select(state.cluster))
}

/** A stream as a panel sees it: its newest value, and why it ended. */
export interface Heard<V> {
  readonly value?: V
  readonly fault?: Fault
}

type Open<V> = (onValue: (value: V) => void, onEnd: (fault: Fault | undefined) => void) => () => void

/** Listens while the component is on screen; another `key` is another stream. */
function useHeard<V>(key: string, open: Open<V>): Heard<V> {
  const [heard, setHeard] = useState<Heard<V> & { readonly key: string }>({ key })
  const begin = useEffectEvent(open)
  useEffect(
    () =>
      begin(
        (value) => setHeard({ key, value }),
        (fault) => fault && setHeard((before) => ({ ...before, key, fault })),
      ),
    [key],
  )
  return heard.key === key ? heard : {}
}

/** Ten minutes of a point every two seconds. */
const LAG_LENGTH = 300
const NO_LAGS: readonly number[] = []
const lags = new Map<string, readonly number[]>()

function addLags(rows: readonly GroupRow[]): void {
  for (const { group, lag } of rows)
    if (lag !== undefined) lags.set(group, [...(lags.get(group) ?? NO_LAGS).slice(-(LAG_LENGTH - 1)), Number(lag)])
}

// Another cluster's groups are others, even where they have the same names.
clusterStore.subscribe(({ cluster }, before) => {
  if (cluster?.profile?.id !== before.cluster?.profile?.id) lags.clear()
})

/** The consumer groups of the cluster, new every two seconds. */
export function useGroups(): Heard<readonly GroupRow[]> {
  return useHeard('groups', (onValue, onEnd) =>
    session.open(
      'groups',
      {},
      (rows) => {
        addLags(rows)
        onValue(rows)
      },
      onEnd,
    ),
  )
}

/** A group's lags as this page heard them while its groups were on screen, oldest first. */
export function lagsOf(group: string): readonly number[] {
  return lags.get(group) ?? NO_LAGS
}

/** One group with its partitions, members and past. */
export function useGroup(group: string): Heard<GroupDetail> {
  return useHeard(group, (onValue, onEnd) => session.open('group', { group }, onValue, onEnd))
}

/** The consumers that this engine runs. */
export function useConsumers(): Heard<readonly ConsumerView[]> {
  return useHeard('consumers', (onValue, onEnd) => session.open('consumers', {}, onValue, onEnd))
}
