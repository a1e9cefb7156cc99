import { useTranslation } from 'react-i18next'
import type { Millis, VenueId } from '../../../shared/market.ts'
import { MINUTE } from '../../../shared/market.ts'
import type { HealthPoint } from '../../bridge/health-history.ts'
import { HISTORY_LENGTH, useHealthHistory } from '../../bridge/health-history.ts'
import { Panel, PanelTitle } from '../../ui/Panel.tsx'
import type { Format } from '../../ui/use-format.ts'
import { useFormat } from '../../ui/use-format.ts'
import { useSize } from '../../ui/use-size.ts'
import { delayPosition, SLOW_DELAY } from './delay-position.ts'
import styles from './DelayChart.module.css'

const AXIS = 64
const FOOT = 20
const TOP = 14
/** Height of a label: closer to the limit’s, a tick goes without. */
const LABEL = 13
const TICKS: readonly Millis[] = [30, 100, 300, 1_000]
const SPAN: Millis = HISTORY_LENGTH * 1_000

/** A venue's delay (lines, logarithmic) and messages (bars) over ten minutes. */
export function DelayChart({ venue }: { readonly venue: VenueId }) {
  const { t } = useTranslation(['health', 'names'])
  const format = useFormat()
  const points = useHealthHistory(venue)
  const [box, size] = useSize()
  const last = points.at(-1)
  const name = t(`names:${venue}`)
  return (
    <Panel
      label={t('health:chart.title', { venue: name })}
      head={<PanelTitle>{t('health:chart.title', { venue: name })}</PanelTitle>}
      actions={
        <span className={styles['legend']}>
          <i className={styles['p50']} /> p50
          <i className={styles['p99']} /> p99
          <span>{t('health:chart.bars')}</span>
        </span>
      }
    >
      <div ref={box} className={styles['plot']}>
        {last && size && (
          <svg
            width={size.width}
            height={size.height}
            role="img"
            aria-label={t('health:chart.label', {
              venue: name,
              p50: format.delay(last.p50),
              p99: format.delay(last.p99),
            })}
          >
            <Plot points={points} width={size.width} height={size.height} format={format} />
          </svg>
        )}
        {points.length < 30 && <span className={styles['note']}>{t('health:chart.empty')}</span>}
      </div>
    </Panel>
  )
}

interface PlotProps {
  readonly points: readonly HealthPoint[]
  readonly width: number
  readonly height: number
  readonly format: Format
}

function Plot({ points, width, height, format }: PlotProps) {
  const right = width - AXIS
  const base = height - FOOT
  const to = points.at(-1)?.at ?? 0
  const x = (at: Millis) => right * (1 - (to - at) / SPAN)
  const y = (delay: Millis) => base - 70 - delayPosition(delay) * (base - 70 - TOP)
  const most = Math.max(1, ...points.map((point) => point.messagesPerSecond))
  const bar = (right / HISTORY_LENGTH) * 5
  const minutes = Array.from(
    { length: 5 },
    (_, index) => Math.floor(to / (2 * MINUTE)) * 2 * MINUTE - index * 2 * MINUTE,
  )
  const line = (pick: (point: HealthPoint) => Millis | undefined) => {
    let path = ''
    let pen = 'M'
    for (const point of points) {
      const value = pick(point)
      if (value === undefined) pen = 'M'
      else {
        path += `${pen}${x(point.at).toFixed(1)} ${y(value).toFixed(1)}`
        pen = 'L'
      }
    }
    return path
  }
  return (
    <>
      <clipPath id="delay-slow">
        <rect x="0" y="0" width={right} height={y(SLOW_DELAY)} />
      </clipPath>
      <clipPath id="delay-calm">
        <rect x="0" y={y(SLOW_DELAY)} width={right} height={base} />
      </clipPath>
      {TICKS.map((tick) => (
        <g key={tick}>
          <path d={`M0 ${Math.round(y(tick)) + 0.5}H${right}`} stroke="var(--grid)" />
          {Math.abs(y(tick) - y(SLOW_DELAY)) >= LABEL && (
            <text x={right + 8} y={y(tick) + 4} className={styles['tick']}>
              {tick < 1_000 ? `${tick} ms` : format.duration(tick)}
            </text>
          )}
        </g>
      ))}
      {minutes.map((at) => (
        <g key={at}>
          <path d={`M${Math.round(x(at)) + 0.5} 0V${base}`} stroke="var(--grid)" />
          {x(at) > 24 && (
            <text x={x(at)} y={height - 6} textAnchor="middle" className={styles['tick']}>
              {format.minute(at)}
            </text>
          )}
        </g>
      ))}
      {points
        .filter((_, index) => (points.length - 1 - index) % 5 === 0)
        .map((point) => (
          <rect
            key={point.at}
            x={x(point.at) - bar}
            y={base - (point.messagesPerSecond / most) * 44}
            width={Math.max(1, bar - 1)}
            height={(point.messagesPerSecond / most) * 44}
            fill="var(--bg-press)"
          />
        ))}
      <path d={`M0 ${Math.round(y(SLOW_DELAY)) + 0.5}H${right}`} stroke="var(--warn)" strokeDasharray="1.5 4" />
      <text x={right + 8} y={y(SLOW_DELAY) + 4} className={styles['limit']}>
        {SLOW_DELAY} ms
      </text>
      {(['calm', 'slow'] as const).map((part) => (
        <g key={part} clipPath={`url(#delay-${part})`} fill="none">
          <path
            d={line((point) => point.p99)}
            stroke={part === 'slow' ? 'var(--warn)' : 'var(--text-3)'}
            strokeWidth="1.2"
          />
          <path
            d={line((point) => point.p50)}
            stroke={part === 'slow' ? 'var(--warn)' : 'var(--text)'}
            strokeWidth="1.4"
          />
        </g>
      ))}
      <path d={`M0 ${base + 0.5}H${width}M${right + 0.5} 0V${base}`} stroke="var(--line)" />
    </>
  )
}
