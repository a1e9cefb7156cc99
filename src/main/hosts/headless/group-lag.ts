import { setTimeout } from 'node:timers/promises'
import type { Millis } from '../../../shared/market.ts'
import { SECOND } from '../../../shared/market.ts'
import type { RoleStatus } from '../../../shared/role-contract.ts'
import type { Bus } from '../../bus/bus.ts'
import { addLag } from '../../monitor/lag.ts'
import { surveyGroups } from '../../monitor/lag-survey.ts'
import { createRecordTimes } from '../../monitor/record-times.ts'

const PATIENCE: Millis = 3 * SECOND

/** Records that a group still has to read. Undefined where the cluster does not tell within a moment. */
export async function groupLag(bus: Bus, group: string): Promise<RoleStatus['lag']> {
  if (bus.state().state !== 'up') return undefined
  const survey = surveyGroups([group], {
    admin: bus.admin,
    times: createRecordTimes(bus),
    timed: 0,
    onMissingRight: () => undefined,
  }).catch(() => [])
  const aborter = new AbortController()
  const found = await Promise.race([survey, setTimeout(PATIENCE, [], { signal: aborter.signal })])
  aborter.abort()
  const { lag, unknown } = addLag(found.flatMap(({ rows }) => rows))
  return lag === undefined ? undefined : { records: lag, unknownPartitions: unknown }
}
