import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutboxView } from '../../../../shared/kafka-view.ts'
import type { Millis } from '../../../../shared/market.ts'
import { SECOND } from '../../../../shared/market.ts'
import type { Format } from '../../../ui/use-format.ts'
import { useFormat } from '../../../ui/use-format.ts'
import type { Size } from '../parts/use-size.ts'
import { useSize } from '../parts/use-size.ts'
import styles from './Overview.module.css'
import { outagesOf, stepOf } from './outbox-story.ts'

const AXIS = 62
const FOOT = 18
const TOP = 12
/** Room at the right of now, for what is expected. */
const AHEAD = 0.28
const PAST: Millis = 90 * SECOND

/** The outbox since ninety seconds: the area that waits, outages hatched, the way to empty dashed. */
export function OutboxChart({ outbox }: { readonly outbox: OutboxView }) {
  const { t } = useTranslation('kafka')
  const format = useFormat()
  const [box, size] = useSize<HTMLDivElement>()
  return (
    <div ref={box} className={styles['plot']}>
      {size && outbox.history.length > 0 && (
        <svg
          width={size.width}
          height={size.height}
          role="img"
          aria-label={t('outbox.chart', { records: format.count(outbox.records) })}
        >
          <Plot outbox={outbox} size={size} format={format} />
        </svg>
      )}
    </div>
  )
}

interface PlotProps {
  readonly outbox: OutboxView
  readonly size: Size
  readonly format: Format
}

function Plot({ outbox, size, format }: PlotProps) {
  const { t } = useTranslation('kafka')
  const hatch = useId()
  const { history } = outbox
  const now = history.at(-1)?.at ?? 0
  const right = size.width - AXIS
  const base = size.height - FOOT
  const drain = (outbox.drainSeconds ?? 0) * SECOND
  const forecast = outbox.drainSeconds !== undefined && outbox.records > 0
  // What is expected has a fixed share of the width, so that the past does not shift while the outbox drains.
  const nowAt = right * (1 - AHEAD)
  const most = Math.max(...history.map((point) => point.records), 100)
  const step = stepOf(most)
  const top = Math.max(step * 2, Math.ceil(most / step) * step)
  const x = (at: Millis) => nowAt + ((at - now) / PAST) * nowAt
  const y = (records: number) => base - (records / top) * (base - TOP)
  const line = history.map((point) => `${x(point.at).toFixed(1)} ${y(point.records).toFixed(1)}`).join('L')
  const ends = Math.min(right, x(now + drain))
  const ticks = [90, 60, 30].map((seconds) => now - seconds * SECOND)
  return (
    <>
      <defs>
        <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0V6" stroke="var(--bad)" opacity=".4" />
        </pattern>
      </defs>
      {Array.from({ length: Math.round(top / step) + 1 }, (_, index) => index * step).map((records) => (
        <g key={records}>
          <path d={`M0 ${Math.round(y(records)) + 0.5}H${right}`} stroke="var(--line-subtle)" />
          <text x={right + 8} y={y(records) + 4}>
            {toAxis(records, format)}
          </text>
        </g>
      ))}
      {outagesOf(history).map(({ from, to }) => {
        const width = x(Math.min(to, now)) - x(from)
        return (
          <g key={from}>
            <rect x={x(from)} y="0" width={Math.max(1, width)} height={base} fill={`url(#${hatch})`} />
            {width > 90 && (
              <text x={x(from) + width / 2} y="14" textAnchor="middle" className={styles['away']}>
                {t('outbox.away', { length: format.duration(to - from) })}
              </text>
            )}
          </g>
        )
      })}
      <path d={`M${line}L${nowAt} ${base}L${x(history[0]?.at ?? now)} ${base}Z`} fill="var(--accent-soft)" />
      <path d={`M${line}`} fill="none" stroke="var(--accent)" strokeWidth="1.5" />
      {forecast && (
        <path
          d={`M${nowAt} ${y(outbox.records)}L${ends} ${y(x(now + drain) > right ? outbox.records * (1 - (right - nowAt) / (x(now + drain) - nowAt)) : 0)}`}
          fill="none"
          stroke="var(--accent)"
          strokeWidth="1.2"
          strokeDasharray="3 3"
        />
      )}
      <circle cx={nowAt} cy={y(history.at(-1)?.records ?? 0)} r="3" fill="var(--accent)" />
      <path d={`M${Math.round(nowAt) + 0.5} 0V${base}`} stroke="var(--crosshair)" strokeDasharray="2 3" />
      <text x={nowAt + 6} y="14" className={styles['now']}>
        {t('outbox.now')}
      </text>
      {ticks.map((at, index) => (
        <text key={at} x={Math.max(0, x(at))} y={size.height - 3} textAnchor={index === 0 ? 'start' : 'middle'}>
          {format.clock(at)}
        </text>
      ))}
      {forecast ? (
        <text x={Math.min(right - 4, Math.max(ends, nowAt + 52))} y={size.height - 3} textAnchor="middle">
          {t('outbox.empty', { time: format.clock(now + drain) })}
        </text>
      ) : (
        <text x={nowAt} y={size.height - 3} textAnchor="middle">
          {format.clock(now)}
        </text>
      )}
    </>
  )
}

function toAxis(records: number, format: Format): string {
  if (records === 0) return '0'
  if (format.language === 'ko' && records >= 10_000) return `${records / 10_000}만`
  return records >= 10_000 ? `${records / 1_000} K` : format.count(records)
}
