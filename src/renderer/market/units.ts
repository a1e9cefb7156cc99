import { useTranslation } from 'react-i18next'
import type { InstrumentKey } from '../../shared/market.ts'
import { pairOf } from '../../shared/market.ts'
import { useInstrument } from './market.ts'

/** In what a market is counted and priced. */
export interface Units {
  /** For column heads: 'BTC' and 'KRW'; shares and their currency where it is no pair. */
  readonly base: string
  readonly quote: string
  /** Digits of a size: shares are whole. */
  readonly places: number
}

const COIN_PLACES = 4

export function useUnits(key: InstrumentKey): Units {
  const { t } = useTranslation('market')
  const known = useInstrument(key)
  const [base = '', quote] = pairOf(key).split('/')
  if (quote !== undefined) return { base, quote, places: COIN_PLACES }
  return { base: t('head.shares'), quote: known?.quote ?? '', places: 0 }
}
