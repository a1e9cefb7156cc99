import { toFault } from '../../shared/faults.ts'
import { idleReason } from '../../shared/group-reasons.ts'
import type { GroupDetail, GroupRow } from '../../shared/kafka-view.ts'
import type { Millis } from '../../shared/market.ts'
import { HOUR, MINUTE, SECOND } from '../../shared/market.ts'
import type { Bus } from '../bus/bus.ts'
import type { LagHistory } from './lag-history.ts'
import type { LagPoint } from './lag.ts'
import { addLag, slopeOf } from './lag.ts'
import type { Surveyed } from './lag-survey.ts'
import { surveyGroups } from './lag-survey.ts'
import { createRecordTimes } from './record-times.ts'

const EVERY: Millis = 2 * SECOND
/** So long a group that is no longer listed stays in sight. */
const LINGER: Millis = 10 * SECOND
/** Points in memory, one a look. */
const RECENT: Millis = 10 * MINUTE
/** Groups of one look, those in sight and our own first; the others take turns. */
const GROUPS = 40
const TIMED = 24
/** A chart takes about so many points of the past. */
const DRAWN = 400

interface Known {
  surveyed: Surveyed
  points: LagPoint[]
}

/** Watches every group's lag, every two seconds, on whatever machine its members are. */
export interface LagMonitor {
  groups(): readonly GroupRow[]
  detail(group: string): Promise<GroupDetail | undefined>
  /** A page looks at a group: it is in every look until left. */
  watch(group: string): () => void
  /** Groups that have offsets of a topic, or a member reading it. */
  readersOf(topic: string): readonly string[]
  /** Rights that this user lacks, each with what it costs. */
  missingRights(): readonly { readonly right: string; readonly feature: string }[]
  onChange(listener: () => void): () => void
  close(): Promise<void>
}

export function runLagMonitor(options: {
  readonly bus: Bus
  /** Names the cluster in the history. */
  readonly cluster: () => Promise<string>
  readonly history: LagHistory | undefined
  /** Groups of this app. */
  readonly own: () => readonly string[]
  readonly log: { warn(text: string): void }
  readonly now?: () => Millis
}): LagMonitor {
  const { bus, history, log } = options
  const now = options.now ?? Date.now
  const times = createRecordTimes(bus)
  const known = new Map<string, Known>()
  const watched = new Map<string, number>()
  const missing = new Map<string, string>()
  const listeners = new Set<() => void>()
  let turn = 0
  let cluster = ''
  /** Groups that are known and not listed: since when. */
  const unlisted = new Map<string, Millis>()
  let isTold = false
  let running: Promise<void> | undefined

  const choose = (names: readonly string[]): readonly string[] => {
    const first = new Set([...watched.keys(), ...options.own()].filter((name) => names.includes(name)))
    const others = names.filter((name) => !first.has(name))
    const room = Math.max(0, GROUPS - first.size)
    const chosen = others.length <= room ? others : [...others, ...others].slice(turn, turn + room)
    turn = others.length === 0 ? 0 : (turn + room) % others.length
    return [...first, ...chosen]
  }
  const onMissingRight = (feature: string, message: string) => {
    if (!missing.has(feature)) log.warn(`${feature}: ${message}`)
    missing.set(feature, message)
  }
  /** Lets go of groups that are no longer listed; not at once, since a coordinator that is still loading lists none. */
  const forget = (listed: readonly string[]): void => {
    for (const name of known.keys()) {
      if (listed.includes(name)) unlisted.delete(name)
      else if (!unlisted.has(name)) unlisted.set(name, now())
      else if (now() - unlisted.get(name)! > LINGER) {
        known.delete(name)
        unlisted.delete(name)
      }
    }
  }
  const look = async (): Promise<void> => {
    cluster ||= await options.cluster()
    const names = await listGroups(bus, [...watched.keys(), ...options.own()], onMissingRight)
    forget(names)
    const surveyed = await surveyGroups(choose(names), { admin: bus.admin, times, timed: TIMED, onMissingRight })
    const at = now()
    for (const each of surveyed) {
      const { group } = each.info
      const before = known.get(group)?.points ?? []
      const { lag, seconds } = addLag(each.rows)
      const point = lag === undefined ? [] : [{ at, lag: Number(lag), ...(seconds === undefined ? {} : { seconds }) }]
      for (const one of point) history?.add(`${cluster}/${group}`, one)
      known.set(group, { surveyed: each, points: [...before.filter((one) => one.at > at - RECENT), ...point] })
    }
    isTold = false
    for (const listener of listeners) listener()
  }
  const timer = setInterval(() => {
    if (bus.state().state !== 'up') return
    running ??= look()
      .catch((error: unknown) => {
        if (!isTold) log.warn(`Lag is not known: ${toFault(error).message}`)
        isTold = true
      })
      .finally(() => (running = undefined))
  }, EVERY)

  return {
    groups: () => [...known.values()].map(toRow).toSorted((a, b) => (a.group < b.group ? -1 : 1)),
    async detail(group) {
      const one = known.get(group)
      if (!one) return undefined
      const past = (await history?.read(`${cluster}/${group}`)) ?? []
      const from = one.points[0]?.at ?? now()
      const { info, rows } = one.surveyed
      const read = rows.filter(({ member }) => member !== undefined).length
      const idle = idleReason(read, info.members?.length ?? 0)
      return {
        ...toRow(one),
        partitions: rows,
        ...(info.members === undefined
          ? {}
          : {
              memberRows: info.members.map(({ id, clientId, host, assigned }) => ({
                id,
                clientId,
                host,
                assigned,
                ...(idle && assigned.length === 0 ? { idle } : {}),
              })),
            }),
        history: [...thin(past.filter(({ at }) => at < from)), ...one.points],
      }
    },
    watch(group) {
      watched.set(group, (watched.get(group) ?? 0) + 1)
      return () => {
        const left = (watched.get(group) ?? 1) - 1
        if (left > 0) watched.set(group, left)
        else watched.delete(group)
      }
    },
    readersOf: (topic) =>
      [...known.values()].flatMap(({ surveyed }) =>
        surveyed.rows.some((row) => row.topic === topic) ? [surveyed.info.group] : [],
      ),
    missingRights: () => [...missing].map(([feature, right]) => ({ right, feature })),
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      clearInterval(timer)
      listeners.clear()
      await running
    },
  }
}

/** All groups; without the right to list them, those that are named. */
async function listGroups(
  bus: Bus,
  named: readonly string[],
  onMissingRight: (feature: string, message: string) => void,
): Promise<readonly string[]> {
  try {
    return (await bus.admin.groups()).map(({ group }) => group)
  } catch (error) {
    const fault = toFault(error)
    if (fault.code !== 'not-authorized') throw error
    onMissingRight('list of groups', fault.message)
    return [...new Set(named)]
  }
}

function toRow({ surveyed, points }: Known): GroupRow {
  const { info, rows } = surveyed
  return {
    group: info.group,
    state: info.state,
    ...(info.members === undefined ? {} : { members: info.members.length }),
    ...addLag(rows),
    ...slopeOf(points),
  }
}

/** The greatest of each stretch: the last hour minute by minute, what is older in as many points as a chart shows. */
function thin(points: readonly LagPoint[]): readonly LagPoint[] {
  const newest = points.at(-1)?.at ?? 0
  const older = points.filter(({ at }) => at <= newest - HOUR)
  const size = Math.ceil(older.length / DRAWN)
  const thinned: LagPoint[] = []
  for (let from = 0; from < older.length; from += size)
    thinned.push(older.slice(from, from + size).reduce((most, point) => (point.lag > most.lag ? point : most)))
  return [...thinned, ...points.filter(({ at }) => at > newest - HOUR)]
}
