/** What `status` says, for people: one fact a line, its name first. */

import type { AppInfo, Health } from '../../../shared/engine-view.ts'
import { groupReasonText } from '../../../shared/group-reasons.ts'
import type { ItemFeedState } from '../../../shared/items-contract.ts'
import type { RoleStatus } from '../../../shared/role-contract.ts'
import type { EngineFile } from './engine-file.ts'

/** Of a whole engine. */
export function engineText(
  { role, pid, port, token }: EngineFile,
  info: AppInfo,
  health: Health,
  feeds: readonly ItemFeedState[],
): string {
  return toText([
    `Tapedeck ${info.version}, ${role}, process ${pid}, ${health.mode.mode === 'demo' ? 'DEMO (simulated market)' : 'live'}`,
    // A collector serves no page.
    ...(role === 'serve' ? [`address  http://127.0.0.1:${port}/#token=${token}`] : []),
    `folder   ${info.folder}`,
    `engine   ${Math.round(health.engine.tradesPerSecond)} trades/s, ${Math.round(health.engine.messagesPerSecond)} messages/s, ${Math.round(health.engine.rss / 1e6)} MB`,
    `journal  ${Math.round(health.journal.bytes / 1e6)} MB, ${health.journal.records} records, ${health.journal.dropped} dropped`,
    `store    ${Math.round(health.store.bytes / 1e6)} MB, ${health.store.trades} trades, ${health.store.behind} records behind`,
    ...health.venues.map((each) => {
      const age =
        each.lastDataAt === undefined
          ? 'no data yet'
          : `last data ${((health.at - each.lastDataAt) / 1000).toFixed(1)} s ago`
      return `${each.venue.padEnd(9)}${each.state}, ${age}, ${Math.round(each.messagesPerSecond * 10) / 10} messages/s${each.fault ? `: ${each.fault.message}` : ''}`
    }),
    ...feeds.map(({ feed, url, state, items, fault }) => {
      const name = url === undefined ? feed : new URL(url).host
      return `news     ${name} ${state}, ${items} items${fault ? `: ${fault.message}` : ''}`
    }),
    ...health.faults.map((fault) => `fault    ${fault.message}`),
  ])
}

/** Of a consumer group's members in a process of their own. */
export function roleText({ role, pid }: EngineFile, status: RoleStatus): string {
  const { version, folder, cluster, group, topics, members, records, perSecond, duplicates, parked, lost } = status
  const { lag, made } = status
  return toText([
    `Tapedeck ${version}, ${role}, process ${pid}`,
    `folder   ${folder}`,
    `cluster  ${cluster.brokers.join(', ')} ${cluster.state}${cluster.fault ? `: ${cluster.fault.message}` : ''}`,
    `group    ${group}, reading ${topics.join(', ')}`,
    `records  ${records}, ${Math.round(perSecond)}/s, ${duplicates} duplicates, ${parked} parked, ${lost} lost`,
    `lag      ${lag ? `${lag.records} records${lag.unknownPartitions > 0 ? `, ${lag.unknownPartitions} partitions unknown` : ''}` : 'not known'}`,
    ...(made ? [`bars     ${made.bars} into ${made.topic}, ${made.late} late`] : []),
    ...members.map(({ id, state, assigned, perSecond: rate, reason }) => {
      const why = reason ? `: ${groupReasonText(reason)}` : ''
      return `member   ${id} ${state}, partitions: ${assigned.length}, ${Math.round(rate)}/s${why}`
    }),
  ])
}

function toText(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`
}
