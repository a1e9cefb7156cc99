import { multiplyDecimals } from '../../../shared/exact.ts'
import type { Decimal } from '../../../shared/market.ts'
import type { Exactly } from './fields.ts'
import { exactly } from './fields.ts'

/** A ratio ('0.0101') as the earlier systems wrote it: in percent, exactly. */
export function percentOf(ratio: Decimal | undefined): Exactly | undefined {
  return exactly(ratio === undefined ? undefined : multiplyDecimals(ratio, '100'))
}
