import type { LagRow } from '../../shared/kafka-view.ts'
import type { Admin, GroupInfo, PartitionInfo } from '../bus/bus.ts'
import { FaultError } from '../../shared/faults.ts'
import type { PartitionFacts } from './lag.ts'
import { positionOf, toLagRow } from './lag.ts'
import type { RecordTimes } from './record-times.ts'
import { several } from './several.ts'

/** A group as one look at the cluster found it. */
export interface Surveyed {
  readonly info: GroupInfo
  readonly rows: readonly LagRow[]
}

export interface SurveyOptions {
  readonly admin: Admin
  readonly times: RecordTimes
  /** Partitions whose lag is wanted in market time too: two reads each where the offsets have moved. */
  readonly timed: number
  /** A right is missing: what needs it is left out. */
  readonly onMissingRight: (feature: string, message: string) => void
}

const AT_ONCE = 8

type Ends = ReadonlyMap<number, { readonly start: bigint | undefined; readonly end: bigint | undefined }>

/** Looks at some groups: their members, committed offsets, the ends of their topics, and how far apart those are in time. */
export async function surveyGroups(names: readonly string[], options: SurveyOptions): Promise<readonly Surveyed[]> {
  const { admin } = options
  const allowed = async <T>(feature: string, run: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await run()
    } catch (error) {
      if (!(error instanceof FaultError) || error.fault.code !== 'not-authorized') throw error
      options.onMissingRight(feature, error.message)
      return otherwise
    }
  }
  const hidden = names.map((group): GroupInfo => ({ group, state: 'unknown', protocol: '', members: undefined }))
  const infos = await allowed('members of groups', () => admin.describeGroups(names), hidden)
  // Committed offsets first: an end that is asked later is never behind them.
  const asked = await several(infos, AT_ONCE, async (info) => ({
    info,
    // A coordinator that is moving costs its groups one look, not all of them.
    offsets: await allowed('lag of groups', () => admin.committed(info.group), []).catch(() => undefined),
  }))
  const known = asked.flatMap(({ info, offsets }) => (offsets ? [{ info, offsets }] : []))
  const topics = [
    ...new Set(known.flatMap(({ info, offsets }) => [...offsets, ...assignedOf(info)]).map(({ topic }) => topic)),
  ]
  const described = await allowed(
    'partitions of topics',
    () => admin.describe(topics),
    new Map<string, readonly PartitionInfo[]>(),
  )
  const ends = new Map<string, Ends>()
  await several([...described.keys()], AT_ONCE, async (topic) => {
    const found = await allowed('ends of topics', () => admin.ends(topic), []).catch(() => [])
    ends.set(topic, new Map(found.map((each) => [each.partition, each])))
  })

  let timed = options.timed
  const surveyed: Surveyed[] = []
  for (const { info, offsets } of known) {
    const facts = factsOf(info, offsets, described, ends)
    const rows = await several(facts, AT_ONCE, async (each) => {
      const row = toLagRow(each)
      if (row.lag === undefined) return row
      if (row.lag === '0') return { ...row, seconds: 0 }
      timed -= 1
      const seconds = timed < 0 ? undefined : await secondsOf(each, options.times)
      return seconds === undefined ? row : { ...row, seconds }
    })
    surveyed.push({ info, rows })
  }
  return surveyed
}

function assignedOf({ members }: GroupInfo): readonly { readonly topic: string; readonly partition: number }[] {
  return (members ?? []).flatMap(({ assigned }) => assigned)
}

/** Partitions with a committed offset or a member, by topic and number. */
function factsOf(
  info: GroupInfo,
  committed: readonly { readonly topic: string; readonly partition: number; readonly offset: bigint }[],
  described: ReadonlyMap<string, readonly PartitionInfo[]>,
  ends: ReadonlyMap<string, Ends>,
): readonly PartitionFacts[] {
  const places = new Map<string, { topic: string; partition: number; committed?: bigint; member?: string }>()
  for (const { topic, partition, offset } of committed)
    places.set(`${topic}/${partition}`, { topic, partition, committed: offset })
  for (const { clientId, id, assigned } of info.members ?? [])
    for (const { topic, partition } of assigned) {
      const key = `${topic}/${partition}`
      places.set(key, { topic, partition, ...places.get(key), member: clientId === '' ? id : clientId })
    }
  return [...places.values()]
    .toSorted((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1))
    .map(({ topic, partition, committed: offset, member }) => {
      const at = ends.get(topic)?.get(partition)
      const partitions = described.get(topic)
      const found = partitions?.find((each) => each.partition === partition)
      return {
        topic,
        partition,
        committed: offset,
        start: at?.start,
        end: at?.end,
        exists: found !== undefined,
        hasLeader: found?.leader !== undefined,
        ...(member === undefined ? {} : { member }),
      }
    })
}

/** From the last committed record to the newest one, by their own times. */
async function secondsOf(facts: PartitionFacts, times: RecordTimes): Promise<number | undefined> {
  const { topic, partition, start, end } = facts
  const position = positionOf(facts)
  if (position === undefined || start === undefined || end === undefined) return undefined
  const done = position > start ? position - 1n : position
  const [from, to] = await Promise.all([times.at(topic, partition, done), times.at(topic, partition, end - 1n)]).catch(
    () => [undefined, undefined],
  )
  return from === undefined || to === undefined ? undefined : Math.max(0, (to - from) / 1_000)
}
