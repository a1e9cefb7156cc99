/** A line of the file, and the journal offset of the record it is made of. */
export interface SinkLine {
  readonly offset: number
  readonly text: string
}

/** What a tick would write. */
export interface SinkPlan {
  readonly text: string
  /** Lines of each batch, in order. */
  readonly batches: readonly number[]
  readonly lines: number
  /** Every record before this offset is in the file once the plan is written. */
  readonly cursor: number | undefined
}

/** Collects lines into batches, without a clock or a file: whoever has those calls it. */
export interface SinkBatches {
  /** Lines not yet written. */
  readonly waiting: number
  add(line: SinkLine): void
  /** All records before this offset have been seen. */
  reach(offset: number): void
  /**
   * The whole batches there are. Fewer lines than a batch wait for one more tick and then go as they are, so that a market
   * that trades in every second is written in batches of exactly the asked size. `all` leaves nothing waiting.
   */
  plan(all?: boolean): SinkPlan
  /** The plan is on disk. */
  written(plan: SinkPlan): void
}

export function createSinkBatches(size: number): SinkBatches {
  let lines: SinkLine[] = []
  let next: number | undefined
  /** Some of the lines were here at the last tick already. */
  let isOverdue = false
  return {
    get waiting() {
      return lines.length
    },
    add(line) {
      lines.push(line)
    },
    reach(offset) {
      next = offset
    },
    plan(all = false) {
      const whole = lines.length - (lines.length % size)
      const count = all || (whole === 0 && isOverdue) ? lines.length : whole
      isOverdue = lines.length > 0
      const batches: number[] = []
      for (let left = count; left > 0; left -= size) batches.push(Math.min(left, size))
      const text = lines
        .slice(0, count)
        .map((line) => line.text)
        .join('')
      return { text, batches, lines: count, cursor: lines[count]?.offset ?? next }
    },
    written(plan) {
      lines = lines.slice(plan.lines)
      isOverdue = lines.length > 0
    },
  }
}
