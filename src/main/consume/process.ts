import { FaultError } from '../../shared/faults.ts'
import { groupReasonText } from '../../shared/group-reasons.ts'
import type { ConsumerSpec } from '../../shared/kafka-settings.ts'
import type { ConsumerView } from '../../shared/kafka-view.ts'
import { TOPICS } from '../../shared/topics.ts'
import type { Bus, Member, MemberOptions } from '../bus/bus.ts'
import { openGroup } from './group.ts'
import type { Layout } from './process-sink.ts'
import { createProcessSink } from './process-sink.ts'

export interface ProcessOptions {
  readonly bus: Bus
  /** Its one topic holds trades, gaps and clock records; bars take the place of its sink. */
  readonly spec: ConsumerSpec
  /** Topic that gets the bars; made where it is missing. */
  readonly to: string
  readonly log: { warn(text: string): void }
}

export interface ProcessTotals {
  readonly records: number
  readonly bars: number
  readonly late: number
  readonly unreadable: number
  readonly duplicates: number
  readonly lost: number
}

export interface Process {
  view(): ConsumerView
  totals(): ProcessTotals
  close(): Promise<void>
}

/**
 * Makes one-second bars of a trades topic as members of a consumer group: the very fold that the collector runs, with the
 * group's offset as its cursor. The offset moves only behind seconds that are closed and sent, so a restart or a rebalance
 * folds them again and gives the same bars; (instrument, openAt, revision) names each.
 */
export function runProcess(options: ProcessOptions): Process {
  const { bus, spec, to, log } = options
  const { admin, profile } = bus
  const [from = TOPICS.trades.name] = spec.topics
  let asked: Promise<Layout> | undefined
  const layout = (): Promise<Layout> => {
    asked ??= ask().catch((error: unknown) => {
      asked = undefined
      throw error
    })
    return asked
  }
  const ask = async (): Promise<Layout> => {
    const { partitions, retention } = TOPICS.bars
    const configs = { 'retention.ms': String(retention) }
    await admin.create({ name: to, partitions, replication: profile.replication, configs })
    const known = await admin.describe([from, to])
    const inputs = known.get(from)?.length
    if (inputs === undefined) throw new FaultError('unknown-topic', `The topic ${from} is not there yet.`)
    return { inputs, outputs: known.get(to)?.length ?? partitions }
  }
  // So that readers of the bars find their topic; where the cluster is away, the first batch asks again.
  layout().catch(() => undefined)
  const producer = bus.producer()
  const sink = createProcessSink({ producer, group: spec.group, to, layout, log })
  const open = (member: MemberOptions): Member =>
    bus.member({
      ...member,
      onEvent(event) {
        const { kind, reason } = event
        if (kind === 'crashed' || kind === 'stuck')
          log.warn(`A member of "${spec.group}": ${reason ? groupReasonText(reason) : kind}`)
        member.onEvent(event)
      },
    })
  const group = openGroup({ spec, open, sink })
  return {
    view: group.view,
    totals() {
      const { processed, duplicates, parked, lost } = group.totals()
      return { records: processed, ...sink.made(), unreadable: parked, duplicates, lost }
    },
    async close() {
      await group.close()
      await producer.close()
    },
  }
}
