/** Where a market stands in its day, on this page. */

import type { InstrumentKey, Millis, Phase } from '../../shared/market.ts'
import { nextOpening, phaseNow } from '../../shared/sessions.ts'
import { useNow } from '../ui/use-now.ts'
import { useTicker } from './market.ts'

export interface MarketSession {
  readonly phase: Phase
  /** When it opens again. Only of a closed market whose days are known. */
  readonly opensAt?: Millis
}

/** Undefined for a market that never closes, or whose hours nobody tells. */
export function useMarketSession(instrument: InstrumentKey): MarketSession | undefined {
  const ticker = useTicker(instrument)
  const now = useNow()
  const phase = phaseNow(instrument, ticker, now)
  if (phase === undefined) return undefined
  const opensAt = phase === 'closed' ? nextOpening(instrument, now) : undefined
  return { phase, ...(opensAt !== undefined && { opensAt }) }
}
