import { useTranslation } from 'react-i18next'
import { useTicker } from '../../market/market.ts'
import { useTimingText } from '../../market/timing-text.ts'
import type { InstrumentKey } from '../../../shared/market.ts'
import { STOCK_VENUES, venueOf } from '../../../shared/market.ts'
import { useFormat } from '../../ui/use-format.ts'
import { useNow } from '../../ui/use-now.ts'

/** What a stock's price is worth: real time, so late, or polled, and how old. Coins say it once, beside their exchange. */
export function QuoteLabel({ market }: { readonly market: InstrumentKey }) {
  return (STOCK_VENUES as readonly string[]).includes(venueOf(market)) ? <Label market={market} /> : undefined
}

function Label({ market }: { readonly market: InstrumentKey }) {
  const { t } = useTranslation('market')
  const format = useFormat()
  const ticker = useTicker(market)
  const timing = useTimingText(ticker)
  const now = useNow()
  if (ticker === undefined) return undefined
  const age = format.age(Math.max(0, now - ticker.at))
  return <span title={t('head.asOf', { age })}>{`${timing} · ${age}`}</span>
}
