import { serve } from '../../../shared/bridge.ts'
import type { Fault } from '../../../shared/faults.ts'
import type { ConsumerView } from '../../../shared/kafka-view.ts'
import type { Millis } from '../../../shared/market.ts'
import type { RoleStatus } from '../../../shared/role-contract.ts'
import { roleContract } from '../../../shared/role-contract.ts'
import type { Bus } from '../../bus/bus.ts'
import { VERSION } from '../version.ts'
import { groupLag } from './group-lag.ts'
import type { ServedEngine } from './server.ts'

export interface RoleParts {
  readonly bus: Bus
  readonly folder: string
  readonly startedAt: Millis
  readonly topics: readonly string[]
  readonly view: () => ConsumerView
  readonly made?: () => NonNullable<RoleStatus['made']>
}

/** A role without an engine, as a door serves it. */
export function servedRole(parts: RoleParts): ServedEngine {
  return {
    serve: (port) => serve(roleContract, { 'role.status': () => toStatus(parts) }, port),
    redeem: () => undefined,
  }
}

async function toStatus({ bus, folder, startedAt, topics, view, made }: RoleParts): Promise<RoleStatus> {
  const { group, members, processed, perSecond, duplicates, parked, lost } = view()
  const { state, since, fault } = bus.state()
  const lag = await groupLag(bus, group)
  return {
    version: VERSION,
    folder,
    startedAt,
    at: Date.now(),
    cluster: { brokers: bus.profile.brokers, state, since, ...(fault ? { fault: fault as Fault } : {}) },
    group,
    topics,
    members,
    records: processed,
    perSecond,
    duplicates,
    parked,
    lost,
    ...(lag ? { lag } : {}),
    ...(made ? { made: made() } : {}),
  }
}
