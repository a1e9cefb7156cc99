import type { ConsumerView } from '../../shared/kafka-view.ts'
import { FaultError } from '../../shared/faults.ts'
import type { ConsumerSpec } from '../../shared/kafka-settings.ts'
import type { MemberOptions, Member } from '../bus/bus.ts'
import type { ConsumerGroup } from './group.ts'
import { openGroup } from './group.ts'
import type { ConsumeSink, Rewind } from './sink.ts'

export interface ConsumersOptions {
  /** Opens a member on a bus; undefined while that bus is not configured. */
  readonly open: (bus: ConsumerSpec['bus']) => ((options: MemberOptions) => Member) | undefined
  readonly sink: (spec: ConsumerSpec) => ConsumeSink
  readonly log: { error(text: string): void }
}

/** The consumers of the settings, as they run. */
export interface Consumers {
  /** Follows the settings: opens, resizes and closes what has changed. */
  update(specs: readonly ConsumerSpec[]): Promise<void>
  views(): readonly ConsumerView[]
  groups(): readonly ConsumerGroup[]
  member(name: string, action: 'add' | 'remove' | 'kill', member?: string): Promise<void>
  /** The running consumer, or the fault that says why there is none. */
  find(name: string): ConsumerGroup
  /** A group's offsets have been moved on command: what is kept with the data moves too. */
  rewind(group: string, places: readonly Rewind[]): Promise<void>
  close(): Promise<void>
}

export function createConsumers(options: ConsumersOptions): Consumers {
  let wanted: readonly ConsumerSpec[] = []
  const running = new Map<string, ConsumerGroup>()
  let working: Promise<void> = Promise.resolve()

  const follow = async (): Promise<void> => {
    const specs = wanted
    for (const [name, group] of running) {
      const next = specs.find((spec) => spec.name === name)
      if (next && isSame(next, group.spec) && options.open(next.bus)) continue
      running.delete(name)
      await group.close()
    }
    for (const spec of specs) {
      const open = spec.on ? options.open(spec.bus) : undefined
      const known = running.get(spec.name)
      if (known) await known.resize(spec.members)
      else if (open) running.set(spec.name, openGroup({ spec, open, sink: options.sink(spec) }))
    }
  }
  const find = (name: string): ConsumerGroup => {
    const group = running.get(name)
    if (!group) throw new FaultError('not-found', `The consumer "${name}" does not run. Switch it on first.`)
    return group
  }

  return {
    update(specs) {
      wanted = specs
      working = working
        .then(follow)
        .catch((error: unknown) => options.log.error(`A consumer could not be changed: ${String(error)}`))
      return working
    },
    views: () => wanted.map((spec) => running.get(spec.name)?.view() ?? emptyView(spec)),
    groups: () => [...running.values()],
    find,
    async member(name, action, member) {
      const group = find(name)
      if (action === 'add') group.add()
      else if (action === 'kill') group.kill(member)
      else await group.remove(member)
    },
    async rewind(group, places) {
      const specs = wanted.filter((spec) => spec.bus === 'kafka' && spec.group === group)
      for (const spec of specs) await (running.get(spec.name)?.sink ?? options.sink(spec)).rewind(places)
    },
    async close() {
      wanted = []
      await working
      await follow()
    },
  }
}

/** Whether a running group can stay as it is, but for the number of its members. */
function isSame(next: ConsumerSpec, now: ConsumerSpec): boolean {
  return next.on && JSON.stringify({ ...next, members: 0 }) === JSON.stringify({ ...now, members: 0 })
}

function emptyView({ name, group, bus, sink, on }: ConsumerSpec): ConsumerView {
  const none = { processed: 0, perSecond: 0, duplicates: 0, lost: 0, parked: 0, members: [], spans: [], rebalances: [] }
  return { name, group, bus, sink, on, ...none }
}
