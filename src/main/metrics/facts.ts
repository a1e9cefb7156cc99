import type { AppInfo, Health } from '../../shared/engine-view.ts'
import type { ItemFeedState } from '../../shared/items-contract.ts'
import type { ClusterView, ConsumerView, GroupRow } from '../../shared/kafka-view.ts'

/** What an engine knows of itself at one moment: all that metrics and health are read from. */
export interface EngineFacts {
  readonly info: Pick<AppInfo, 'version' | 'host' | 'mode' | 'startedAt'>
  readonly health: Health
  readonly feeds: readonly ItemFeedState[]
  readonly kafka: {
    readonly cluster: ClusterView
    readonly groups: readonly GroupRow[]
    readonly consumers: readonly ConsumerView[]
  }
  /** Bytes that the disk of the data folder has left, where its system tells. */
  readonly diskFree?: number
}
