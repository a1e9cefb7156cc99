/** Partitions in words: 'tapedeck.trades.v1 P0 P2, bit_topic P1'. */
export function listPartitions(assigned: readonly { readonly topic: string; readonly partition: number }[]): string {
  const byTopic = new Map<string, number[]>()
  for (const { topic, partition } of assigned) byTopic.set(topic, [...(byTopic.get(topic) ?? []), partition])
  return [...byTopic]
    .map(
      ([topic, partitions]) =>
        `${topic} ${partitions
          .toSorted((a, b) => a - b)
          .map((each) => `P${each}`)
          .join(' ')}`,
    )
    .join(', ')
}
