import { FaultError } from '../../../shared/faults.ts'
import type { Fault } from '../../../shared/faults.ts'
import type { InBatch } from '../bus.ts'
import type { Fetcher } from './fetcher.ts'

/**
 * One partition's records from an offset on, for good: beyond the end it waits for more. The next batch is fetched when
 * this one has been taken. Throws what does not pass (an unknown topic, a missing right).
 */
export async function* read(
  fetcher: Fetcher,
  topic: string,
  partition: number,
  from: bigint,
  signal: AbortSignal,
): AsyncGenerator<InBatch, void, void> {
  let waiting: InBatch | undefined
  let ended: Fault | undefined
  let taken: () => void = () => undefined
  let arrived: () => void = () => undefined
  if (signal.aborted) return
  const line = fetcher.add({
    topic,
    partition,
    from,
    onBatch: (batch) =>
      new Promise((resolve) => {
        waiting = batch
        taken = resolve
        arrived()
      }),
    onEnd: (fault) => {
      ended = fault
      arrived()
    },
  })
  const stop = () => arrived()
  signal.addEventListener('abort', stop)
  try {
    while (!signal.aborted) {
      if (waiting) {
        const batch = waiting
        waiting = undefined
        yield batch
        taken()
      } else if (ended) throw new FaultError(ended.code, ended.message)
      else
        await new Promise<void>((resolve) => {
          arrived = resolve
        })
    }
  } finally {
    signal.removeEventListener('abort', stop)
    line.close()
    taken()
  }
}
