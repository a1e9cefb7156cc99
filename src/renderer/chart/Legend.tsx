import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { Millis } from '../../shared/market.ts'
import { formatChange, formatPrice } from '../ui/format.ts'
import { useFormat } from '../ui/use-format.ts'
import type { ChartBar } from './chart-model.ts'
import type { ChartView } from './chart-view.ts'
import styles from './Chart.module.css'
import { formatInstant } from './zoned-scale.ts'

export interface LegendProps {
  readonly view: ChartView
  readonly interval: Millis
  readonly decimals: number
}

/** The bar under the crosshair, else the newest: its time and its exact values. */
export function Legend({ view, interval, decimals }: LegendProps) {
  const { t } = useTranslation('market')
  const { zone } = useFormat()
  const { bar, before } = useStore(view.legend)
  if (bar === undefined) return undefined
  const time = <span className={styles['time']}>{formatInstant(bar.openAt, interval, zone)}</span>
  const { values } = bar
  if (values === undefined)
    return (
      <div className={styles['legend']}>
        {time} <span className={styles['word']}>{t(`chart.${bar.state === 'missing' ? 'missing' : 'quiet'}`)}</span>
      </div>
    )
  const tone = Number(values.close) >= Number(values.open) ? styles['up'] : styles['down']
  const change = before?.values === undefined ? undefined : Number(values.close) / Number(before.values.close) - 1
  const pair = (name: string, value: string) => (
    <>
      {name} <b className={tone}>{formatPrice(value, decimals)}</b>
    </>
  )
  return (
    <div className={styles['legend']}>
      {time} {pair(t('chart.open'), values.open)}
      {pair(t('chart.high'), values.high)}
      {pair(t('chart.low'), values.low)}
      {pair(t('chart.close'), values.close)}
      {change !== undefined && <b className={tone}>{formatChange(change)}</b>}
      {t('chart.volume')} <b>{formatPrice(values.volume)}</b>
      <Note bar={bar} />
    </div>
  )
}

function Note({ bar }: { readonly bar: ChartBar }) {
  const { t } = useTranslation('market')
  if (bar.state === 'backfilled') return <span className={styles['filled']}>{t('chart.backfilled')}</span>
  return bar.origin === 'venue' ? <span>{t('chart.venueBar')}</span> : undefined
}
