import { Star } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useTicker } from '../../market/market.ts'
import { changeOf, priceDecimals } from '../../market/values.ts'
import { useVenueName } from '../../market/venue-name.ts'
import type { Instrument } from '../../../shared/market.ts'
import { pairOf } from '../../../shared/market.ts'
import { Chip } from '../../ui/Chip.tsx'
import type { ListedCommand } from '../../ui/commands.ts'
import { formatChange, formatPrice } from '../../ui/format.ts'
import { SMALL_ICON } from '../../ui/icons.ts'
import { Kbd } from '../../ui/Kbd.tsx'
import { useFormat } from '../../ui/use-format.ts'
import styles from './Search.module.css'

/** A market found: names, venue, what to beware of, and its price where someone follows it. */
export function MarketEntry({ instrument, listed }: { readonly instrument: Instrument; readonly listed: boolean }) {
  const { t } = useTranslation('market')
  const { language } = useFormat()
  const venueName = useVenueName()
  const ticker = useTicker(instrument.key)
  const { ko, en } = instrument.names
  const [first, second] = language === 'ko' ? [ko, en] : [en, ko]
  const change = changeOf(ticker)
  const tone = change === undefined || change === 0 ? undefined : styles[change > 0 ? 'up' : 'down']
  return (
    <>
      <span className={styles['pair']}>
        <b>{pairOf(instrument.key)}</b>
        <span>{venueName(instrument.venue)}</span>
      </span>
      <span className={styles['names']}>
        {first ?? second}
        {first !== undefined && second !== undefined && second !== first && <i>{second}</i>}
        {instrument.status !== 'trading' && (
          <Chip size="small" tone="bad">
            {t(`search.${instrument.status}`)}
          </Chip>
        )}
        {instrument.warning !== undefined && (
          <span title={instrument.warning}>
            <Chip size="small" tone="warn">
              {t('search.warning')}
            </Chip>
          </span>
        )}
      </span>
      <span className={styles['last']}>
        {ticker && formatPrice(ticker.last, priceDecimals(instrument, ticker.last))}
      </span>
      <span className={tone}>{ticker && formatChange(change)}</span>
      <span className={styles['star']}>
        {listed && <Star {...SMALL_ICON} aria-hidden={false} aria-label={t('search.listed')} fill="currentColor" />}
      </span>
    </>
  )
}

/** An action, with its keys. */
export function ActionEntry({ command }: { readonly command: ListedCommand }) {
  const { t } = useTranslation()
  const keys = command.keys?.[0]
  return (
    <>
      <span className={styles['action']}>{command.title}</span>
      <span className={styles['group']}>{t(`keyGroups.${command.group}`)}</span>
      {keys !== undefined && <Kbd keys={keys} />}
    </>
  )
}
