/** One figure of a benchmark. `of`: what a ratio is measured against, in the same run. */
export interface Measure {
  readonly value: number
  readonly unit: string
  readonly of?: string
}
