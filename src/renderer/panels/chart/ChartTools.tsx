import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { clearMark, marked } from '../../chart/marked.ts'
import { focus, useFocus } from '../../market/market.ts'
import { INTERVALS } from '../../../shared/market.ts'
import { classes } from '../../ui/classes.ts'
import { SMALL_ICON } from '../../ui/icons.ts'
import { PopOutButton } from '../../ui/PopOutButton.tsx'
import { stepIndex } from '../../ui/roving.ts'
import { useFormat } from '../../ui/use-format.ts'
import { useNow } from '../../ui/use-now.ts'
import { IndicatorsButton } from './IndicatorsButton.tsx'
import { useIntervalName } from './interval-name.ts'
import styles from './ChartTools.module.css'

/** The interval switch, and the clock that the axis runs on. */
export function ChartTools() {
  const { t } = useTranslation('market')
  const format = useFormat()
  const now = useNow()
  const chosen = useStore(focus, (state) => state.interval)
  const intervalName = useIntervalName()
  const instrument = useFocus()
  const onKeyDown = (event: React.KeyboardEvent<HTMLDivElement>) => {
    const next = stepIndex(
      event.key,
      INTERVALS.findIndex((interval) => interval === chosen),
      INTERVALS.length,
    )
    const interval = next === undefined ? undefined : INTERVALS[next]
    if (next === undefined || interval === undefined) return
    event.preventDefault()
    event.currentTarget.querySelectorAll('button')[next]?.focus()
    focus.setInterval(interval)
  }
  return (
    <div className={styles['tools']}>
      <div role="radiogroup" aria-label={t('chart.interval')} className={styles['intervals']} onKeyDown={onKeyDown}>
        {INTERVALS.map((interval) => (
          <button
            key={interval}
            type="button"
            role="radio"
            aria-checked={interval === chosen}
            tabIndex={interval === chosen ? 0 : -1}
            className={classes(styles['interval'], interval === chosen && styles['chosen'])}
            onClick={() => focus.setInterval(interval)}
          >
            {intervalName(interval)}
          </button>
        ))}
      </div>
      <IndicatorsButton />
      <MarkChip />
      <span className={styles['zone']}>{format.zoneName(now)}</span>
      {instrument !== undefined && <PopOutButton pane="chart" instrument={instrument} />}
    </div>
  )
}

/** What is marked in this chart, and what takes the mark off. */
function MarkChip() {
  const { t } = useTranslation('market')
  const format = useFormat()
  const instrument = useStore(focus, (state) => state.instrument)
  const mark = useStore(marked, (state) => state.mark)
  if (mark === undefined || mark.instrument !== instrument) return undefined
  return (
    <button type="button" className={styles['mark']} onClick={clearMark}>
      {t('chart.marked', { time: format.dateTime(mark.at) })}
      <X {...SMALL_ICON} />
      <span className="visually-hidden">{t('chart.unmark')}</span>
    </button>
  )
}
