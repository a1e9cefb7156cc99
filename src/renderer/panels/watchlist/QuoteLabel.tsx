import { useTranslation } from 'react-i18next'
import { useMarketSession } from '../../market/market-session.ts'
import { useTicker } from '../../market/market.ts'
import { useOpeningText } from '../../market/opening-text.ts'
import { useTimingText } from '../../market/timing-text.ts'
import type { InstrumentKey } from '../../../shared/market.ts'
import { useFormat } from '../../ui/use-format.ts'
import { useNow } from '../../ui/use-now.ts'

/** What a stock's price is worth: real time, so late, or polled, and how old. Coins say it once, beside their exchange. */
export function QuoteLabel({ market }: { readonly market: InstrumentKey }) {
  const { t } = useTranslation('market')
  const format = useFormat()
  const ticker = useTicker(market)
  const session = useMarketSession(market)
  const timing = useTimingText(ticker, undefined)
  const opens = useOpeningText(session?.opensAt)
  const now = useNow()
  if (ticker === undefined) return undefined
  const age = format.age(Math.max(0, now - ticker.at))
  // Where there is no room for all of it, the phase goes first.
  const phase = session === undefined || session.phase === 'regular' ? undefined : t(`head.phase.${session.phase}`)
  const text = [timing, age, phase].filter((word) => word !== undefined).join(' · ')
  const title = [text, opens?.whole, t('head.asOf', { age })].filter((word) => word !== undefined).join('\n')
  return <span title={title}>{text}</span>
}
