import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GroupDetail } from '../../../../shared/kafka-view.ts'
import { HOUR, MINUTE } from '../../../../shared/market.ts'
import { Segmented } from '../../../ui/Segmented.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import { stepOf } from '../overview/outbox-story.ts'
import shared from '../parts/parts.module.css'
import type { Size } from '../parts/use-size.ts'
import { useSize } from '../parts/use-size.ts'
import styles from './Groups.module.css'

const AXIS = 64
const FOOT = 20
const TOP = 12

type Unit = 'records' | 'time'

export interface LagChartProps {
  readonly group: string
  readonly history: GroupDetail['history']
}

/** A group's lag over its kept past, in records or in market time. */
export function LagChart({ group, history }: LagChartProps) {
  const { t } = useTranslation('kafka')
  const [unit, setUnit] = useState<Unit>('records')
  const [box, size] = useSize<HTMLDivElement>()
  return (
    <div>
      <div className={shared['tools']}>
        <span className={shared['soft']}>{t('groups.history')}</span>
        <span className={shared['space']} />
        <Segmented
          size="small"
          label={t('groups.unit')}
          value={unit}
          options={[
            { value: 'records', label: t('groups.inRecords') },
            { value: 'time', label: t('groups.inTime') },
          ]}
          onChange={setUnit}
        />
      </div>
      <div ref={box} className={styles['chart']}>
        {size && history.length > 1 && <Plot group={group} history={history} unit={unit} size={size} />}
      </div>
    </div>
  )
}

interface PlotProps extends LagChartProps {
  readonly unit: Unit
  readonly size: Size
}

function Plot({ group, history, unit, size }: PlotProps) {
  const { t } = useTranslation('kafka')
  const format = useFormat()
  const right = size.width - AXIS
  const base = size.height - FOOT
  const from = history[0]?.at ?? 0
  const to = history.at(-1)?.at ?? 0
  const points = history.map((point) => ({ at: point.at, value: unit === 'records' ? point.lag : point.seconds }))
  const most = Math.max(1, ...points.map((point) => point.value ?? 0))
  const step = stepOf(most)
  const top = Math.ceil(most / step) * step
  const x = (at: number) => ((at - from) / Math.max(1, to - from)) * right
  const y = (value: number) => base - (value / top) * (base - TOP)
  const runs = toRuns(points)
  const label = (value: number) =>
    unit === 'records' ? format.count(value) : value === 0 ? '0' : format.duration(value * 1_000)
  const last = points.at(-1)?.value
  const clock = to - from > 36 * HOUR ? format.date : to - from > 10 * MINUTE ? format.minute : format.clock
  return (
    <svg
      width={size.width}
      height={size.height}
      role="img"
      aria-label={t('groups.chart', { group, lag: last === undefined ? '?' : label(last) })}
    >
      {Array.from({ length: Math.round(top / step) + 1 }, (_, index) => index * step).map((value) => (
        <g key={value}>
          <path d={`M0 ${Math.round(y(value)) + 0.5}H${right}`} stroke="var(--grid)" />
          <text x={right + 8} y={y(value) + 4}>
            {label(value)}
          </text>
        </g>
      ))}
      {runs.map((run) => {
        const line = run.map((point) => `${x(point.at).toFixed(1)} ${y(point.value).toFixed(1)}`).join('L')
        const first = run[0]?.at ?? from
        return (
          <g key={first}>
            <path d={`M${line}L${x(run.at(-1)?.at ?? to)} ${base}L${x(first)} ${base}Z`} fill="var(--bg-press)" />
            <path d={`M${line}`} fill="none" stroke="var(--text-2)" strokeWidth="1.4" />
          </g>
        )
      })}
      {[0, 0.25, 0.5, 0.75, 1].map((share) => {
        const at = from + (to - from) * share
        return (
          <text
            key={share}
            x={share === 0 ? 12 : x(at)}
            y={size.height - 6}
            textAnchor={share === 0 ? 'start' : share === 1 ? 'end' : 'middle'}
          >
            {clock(at)}
          </text>
        )
      })}
    </svg>
  )
}

/** Stretches without a hole: nothing is drawn over what is not known. */
function toRuns(points: readonly { readonly at: number; readonly value: number | undefined }[]) {
  const runs: { at: number; value: number }[][] = []
  let open = false
  for (const { at, value } of points) {
    if (value === undefined) open = false
    else {
      if (!open) runs.push([])
      runs.at(-1)?.push({ at, value })
      open = true
    }
  }
  return runs
}
