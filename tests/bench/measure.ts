/** One figure of a benchmark. `of`: what a ratio is measured against, in the same run. */
export interface Measure {
  readonly value: number
  readonly unit: string
  readonly of?: string
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}
