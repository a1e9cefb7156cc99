import { useTranslation } from 'react-i18next'
import type { TickerRow } from '../../shared/market-view.ts'
import type { Phase } from '../../shared/market.ts'
import { timingOf } from '../../shared/market.ts'
import { useMode } from '../bridge/health-store.ts'
import { useFormat } from '../ui/use-format.ts'

/** How fresh a ticker is at best, in words: 'real time', '20 min late', 'polled', with the phase of the day where it is not the regular one and the source that was asked in the venue's place. */
export function useTimingText(ticker: TickerRow | undefined, phase: Phase | undefined): string {
  const { t } = useTranslation('market')
  const format = useFormat()
  const demo = useMode()?.mode === 'demo'
  if (ticker === undefined) return ''
  const { delay = 0, source } = ticker
  const late = delay > 0 ? t('head.late', { length: format.duration(delay) }) : undefined
  const timing = timingOf(ticker)
  const words = [
    timing === 'polled' ? t('head.polled') : undefined,
    late,
    timing === 'real-time' ? t(demo ? 'head.simulated' : 'head.realTime') : undefined,
    phase === undefined || phase === 'regular' ? undefined : t(`head.phase.${phase}`),
    source,
  ]
  return words.filter((word) => word !== undefined).join(' · ')
}
