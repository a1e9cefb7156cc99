import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { follows, instruments, tickers, useFocus, useInstrument } from '../../market/market.ts'
import { useUnits } from '../../market/units.ts'
import { nameOf } from '../../market/values.ts'
import { decimalsOf } from '../../ui/format.ts'
import { Panel, PanelTitle } from '../../ui/Panel.tsx'
import { useFormat } from '../../ui/use-format.ts'
import type { Instrument, InstrumentKey } from '../../../shared/market.ts'
import { toVenueMarkets, volumeOf } from './venue-rows.ts'
import { VenueRow } from './VenueRow.tsx'
import styles from './Venues.module.css'

const OWNER = 'venues'
const NONE: readonly Instrument[] = []
const NO_MARKET: InstrumentKey = 'none:none/none'

/** The same coin on every venue that lists it. */
export function VenuesPanel() {
  const { t } = useTranslation('market')
  const instrument = useFocus()
  const base = useStore(instruments, (state) => (instrument ? state.byKey.get(instrument)?.base : undefined))
  const known = useInstrument(instrument)
  const units = useUnits(instrument ?? NO_MARKET)
  const { language } = useFormat()
  const same = useStore(instruments, (state) => (base === undefined ? NONE : (state.byBase.get(base) ?? NONE)))
  const markets = useMemo(() => (instrument ? toVenueMarkets(same, instrument) : NONE), [same, instrument])
  useEffect(() => {
    follows.set(
      OWNER,
      markets.map((market) => market.key),
    )
    return () => follows.set(OWNER, [])
  }, [markets])
  if (instrument === undefined || base === undefined || markets.length === 0) return undefined
  const name = units.places > 0 ? base : nameOf(instrument, known, language).name
  const title = t('venues.title', { base: name, count: markets.length })
  return (
    <Panel label={title} head={<PanelTitle>{title}</PanelTitle>}>
      <Table base={units.base} markets={markets} focused={instrument} title={title} />
    </Panel>
  )
}

interface TableProps {
  readonly base: string
  readonly markets: readonly Instrument[]
  readonly focused: InstrumentKey
  readonly title: string
}

function Table({ base, markets, focused, title }: TableProps) {
  const { t } = useTranslation('market')
  const total = useTotal(markets)
  const slot = Math.max(0, ...markets.map((market) => decimalsOf(market.tickSize)))
  return (
    <div className={styles['scroll']}>
      <table className={styles['table']} aria-label={title}>
        <colgroup>
          <col className={styles['venueColumn']} />
          <col className={styles['marketColumn']} />
          <col className={styles['lastColumn']} />
          <col className={styles['changeColumn']} />
          <col className={styles['spreadColumn']} />
          <col className={styles['volumeColumn']} />
          <col />
          <col className={styles['delayColumn']} />
          <col className={styles['ageColumn']} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{t('venues.venue')}</th>
            <th scope="col">{t('venues.market')}</th>
            <th scope="col">{t('venues.last')}</th>
            <th scope="col">{t('venues.change')}</th>
            <th scope="col">{t('venues.spread')}</th>
            <th scope="col">{t('venues.volumeIn', { base })}</th>
            <th scope="col" className={styles['share']}>
              {t('venues.share')}
            </th>
            <th scope="col">{t('venues.delay')}</th>
            <th scope="col">{t('venues.age')}</th>
          </tr>
        </thead>
        <tbody>
          {markets.map((market) => (
            <VenueRow key={market.key} market={market} selected={market.key === focused} slot={slot} total={total} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

const SUM_EVERY = 1_000

/** What all of them trade together, summed once a second. */
function useTotal(markets: readonly Instrument[]): number {
  const [total, setTotal] = useState(0)
  useEffect(() => {
    const sum = () => setTotal(markets.reduce((all, market) => all + (volumeOf(tickers.get(market.key)) ?? 0), 0))
    sum()
    const timer = setInterval(sum, SUM_EVERY)
    return () => clearInterval(timer)
  }, [markets])
  return total
}
