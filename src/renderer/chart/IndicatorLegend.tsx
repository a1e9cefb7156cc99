import { useCallback, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { INDICATORS } from '../../shared/indicators/catalog.ts'
import { runCommand } from '../ui/commands.ts'
import styles from './Chart.module.css'
import type { ChartView } from './chart-view.ts'
import type { Reading } from './indicator-layer.ts'
import { formatIndicator, indicatorName } from './indicator-text.ts'

export interface IndicatorLegendProps {
  readonly view: ChartView
  readonly decimals: number
}

/** Under the bar's own values. */
const FIRST = 25
const LINE = 17
/** Below the upper edge of a pane. */
const INSET = 4

/** What each indicator says at the bar that the legend shows; its name opens the choice. */
export function IndicatorLegend({ view, decimals }: IndicatorLegendProps) {
  const { bar } = useStore(view.legend)
  const tops = useTops(view)
  if (bar === undefined) return undefined
  const readings = view.indicators.readings(bar.openAt)
  const overlays = readings.filter(({ pane }) => pane === 0)
  return readings.map((reading) => (
    <div
      key={reading.order}
      className={styles['reading']}
      style={{
        top: reading.pane === 0 ? FIRST + LINE * overlays.indexOf(reading) : (tops[reading.pane] ?? 0) + INSET,
      }}
    >
      <ReadingLine reading={reading} decimals={decimals} />
    </div>
  ))
}

function ReadingLine({ reading: { chosen, values, colours }, decimals }: ReadingLineProps) {
  const { t } = useTranslation('market')
  const indicator = INDICATORS[chosen.id]
  return (
    <>
      <button
        type="button"
        className={styles['indicator']}
        title={t(`indicators.names.${chosen.id}`)}
        onClick={() => runCommand('indicators.open')}
      >
        {indicatorName(chosen)}
      </button>
      {values.every((value) => value === undefined)
        ? t('indicators.notEnough')
        : values.map((value, line) => (
            <b key={indicator.lines[line]!.name} style={{ color: colours[line] }}>
              {formatIndicator(indicator, value, decimals)}
            </b>
          ))}
    </>
  )
}

interface ReadingLineProps {
  readonly reading: Reading
  readonly decimals: number
}

/** Where the panes begin: they move with the window, and when somebody drags the line between two. */
function useTops(view: ChartView): readonly number[] {
  const told = useSyncExternalStore(
    useCallback((listener) => view.onPaint(listener), [view]),
    () => view.indicators.tops().join(' '),
  )
  return told.split(' ').map(Number)
}
