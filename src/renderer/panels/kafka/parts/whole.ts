/** Whole numbers that may exceed 2^53: offsets and counts of records. They are text, and stay exact. */

import type { Offset } from '../../../../shared/kafka-view.ts'
import { NOT_GIVEN } from '../../../ui/format.ts'

/** '18204113' as '18,204,113'; what is not known is a dash. */
export function formatWhole(value: Offset | undefined): string {
  return value === undefined ? NOT_GIVEN : value.replace(/\B(?=(\d{3})+$)/g, ',')
}

/** a − b, exact. */
export function minus(a: Offset, b: Offset): Offset {
  return String(BigInt(a) - BigInt(b))
}

/** The sum of those that are known. */
export function sum(values: readonly (Offset | undefined)[]): Offset {
  return String(values.reduce((total, value) => total + BigInt(value ?? 0), 0n))
}
