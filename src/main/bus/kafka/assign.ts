/** Who of a group reads what, as Java's assignors of the same names decide, so that other clients may share a group with us. */

export interface Subscriber {
  readonly member: string
  readonly topics: readonly string[]
}

export interface Place {
  readonly topic: string
  readonly partition: number
}

/** Partition counts by topic, and who wants which topics → each member's places. Every place has one reader, if anybody wants it. */
export type Assign = (
  subscribers: readonly Subscriber[],
  counts: ReadonlyMap<string, number>,
) => ReadonlyMap<string, readonly Place[]>

/** By the names under which they are offered to the group; the first that all members know is taken. */
export const ASSIGNORS: Readonly<Record<string, Assign>> = { roundrobin: assignInTurn, range: assignRanges }

function assignInTurn(subscribers: Parameters<Assign>[0], counts: Parameters<Assign>[1]): ReturnType<Assign> {
  const members = inOrder(subscribers)
  const assigned = new Map<string, Place[]>(members.map(({ member }) => [member, []]))
  let turn = 0
  for (const [topic, count] of [...counts].toSorted(byName))
    for (let partition = 0; partition < count; partition += 1) {
      if (!members.some(({ topics }) => topics.includes(topic))) continue
      while (!members[turn % members.length]!.topics.includes(topic)) turn += 1
      assigned.get(members[turn % members.length]!.member)!.push({ topic, partition })
      turn += 1
    }
  return assigned
}

function assignRanges(subscribers: Parameters<Assign>[0], counts: Parameters<Assign>[1]): ReturnType<Assign> {
  const members = inOrder(subscribers)
  const assigned = new Map<string, Place[]>(members.map(({ member }) => [member, []]))
  for (const [topic, count] of [...counts].toSorted(byName)) {
    const wanting = members.filter(({ topics }) => topics.includes(topic))
    wanting.forEach(({ member }, index) => {
      const share = Math.floor(count / wanting.length)
      const larger = count % wanting.length
      const first = index * share + Math.min(index, larger)
      const last = first + share + (index < larger ? 1 : 0)
      for (let partition = first; partition < last; partition += 1) assigned.get(member)!.push({ topic, partition })
    })
  }
  return assigned
}

function inOrder(subscribers: readonly Subscriber[]): readonly Subscriber[] {
  return subscribers.toSorted((a, b) => (a.member < b.member ? -1 : 1))
}

function byName(a: readonly [string, number], b: readonly [string, number]): number {
  return a[0] < b[0] ? -1 : 1
}
