/** What a role without an engine answers at its door: `consume` and `process` on a machine that shows no page. */

import type { Contract } from './bridge.ts'
import { command } from './contract-makers.ts'
import { nothing } from './contract-parameters.ts'
import type { ClusterView, ConsumerView, Offset } from './kafka-view.ts'
import type { Millis } from './market.ts'

export interface RoleStatus extends Pick<ConsumerView, 'members' | 'perSecond' | 'duplicates' | 'lost'> {
  readonly version: string
  readonly folder: string
  readonly startedAt: Millis
  readonly at: Millis
  readonly cluster: Pick<ClusterView, 'state' | 'since' | 'fault'> & { readonly brokers: readonly string[] }
  readonly group: string
  /** Names or patterns, as they were asked for. */
  readonly topics: readonly string[]
  /** Read since the start. */
  readonly records: number
  /** Could not be read: kept with their reason by `consume`, passed over by `process`. */
  readonly parked: number
  /** Of the whole group, as far as its partitions answer. Absent: not known now. */
  readonly lag?: { readonly records: Offset; readonly unknownPartitions: number }
  /** `process`: what it made of them, and seconds that came too late for it. */
  readonly made?: { readonly topic: string; readonly bars: number; readonly late: number }
}

export const roleContract = {
  'role.status': command(nothing).returns<RoleStatus>(),
} satisfies Contract

export type RoleContract = typeof roleContract
