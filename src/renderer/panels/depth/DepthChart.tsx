import type { KeyboardEvent, PointerEvent } from 'react'
import { useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fitCanvas } from '../../chart/strip-painter.ts'
import { useChartTheme } from '../../chart/theme-store.ts'
import { useUnits } from '../../market/units.ts'
import type { InstrumentKey } from '../../../shared/market.ts'
import { formatFixed, formatSigned } from '../../ui/format.ts'
import { useSize } from '../../ui/use-size.ts'
import styles from './Depth.module.css'
import type { Depth, DepthView } from './depth-model.ts'
import { totalAt } from './depth-model.ts'
import { paintDepth } from './depth-painter.ts'

export interface DepthChartProps {
  readonly instrument: InstrumentKey
  readonly depth: Depth
  readonly view: DepthView
  readonly decimals: number
  /** Prices are multiples of this. */
  readonly tick: number
  readonly isStale: boolean
}

/** Steps of the arrow keys, in hundredths of the way from the middle to the edge. */
const KEYS: Readonly<Record<string, number>> = { ArrowLeft: -2, ArrowRight: 2, PageDown: -20, PageUp: 20 }
const ENDS: Readonly<Record<string, number>> = { Home: -100, End: 100 }

/** The curves, and what can be had up to the price that is pointed at, by mouse or arrow keys. */
export function DepthChart({ instrument, depth, view, decimals, tick, isStale }: DepthChartProps) {
  const { t } = useTranslation('market')
  const theme = useChartTheme()
  const canvas = useRef<HTMLCanvasElement>(null)
  const [box, size] = useSize()
  /** Hundredths of the way from the middle (0) to the edges. */
  const [place, setPlace] = useState<number>()
  const cursor = place === undefined ? undefined : toTick(depth.middle + (place / 100) * view.half, tick)
  const { base } = useUnits(instrument)

  // Drawn with each book, and books come at most once a frame.
  useLayoutEffect(() => {
    if (!canvas.current || !size) return
    const context = fitCanvas(canvas.current, size.width, size.height)
    if (context) paintDepth(context, { depth, view, size, theme, cursor, isStale })
  }, [depth, view, size, theme, cursor, isStale])

  const onPointerMove = ({ clientX, currentTarget }: PointerEvent<HTMLDivElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect()
    if (width > 0) setPlace(((clientX - left) / width) * 200 - 100)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const by = KEYS[event.key]
    const next = by === undefined ? ENDS[event.key] : (place ?? 0) + by
    if (event.key === 'Escape') setPlace(undefined)
    if (next === undefined) return
    event.preventDefault()
    setPlace(Math.min(100, Math.max(-100, next)))
  }

  const amount = (price: number) => formatFixed(totalAt(depth, price), view.most < 100 ? 3 : view.most < 10_000 ? 1 : 0)
  const away = (price: number) => `${formatSigned((price / depth.middle - 1) * 100, 3)}%`
  const said =
    cursor === undefined
      ? [
          t('depth.within', { range: formatFixed((view.half / depth.middle) * 100, 3) }),
          `${amount(depth.middle - view.half)} / ${amount(depth.middle + view.half)} ${base}`,
        ]
      : [`${formatFixed(cursor, decimals)} · ${away(cursor)}`, `${amount(cursor)} ${base}`]
  return (
    <>
      <div className={styles['readout']} aria-hidden>
        {said.map((text, index) => (
          <span key={index}>{text}</span>
        ))}
      </div>
      <div
        ref={box}
        role="slider"
        tabIndex={0}
        aria-label={t('depth.label')}
        aria-valuemin={-100}
        aria-valuemax={100}
        aria-valuenow={Math.round(place ?? 0)}
        aria-valuetext={said.join(', ')}
        className={styles['plot']}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setPlace(undefined)}
        onBlur={() => setPlace(undefined)}
        onKeyDown={onKeyDown}
      >
        <canvas ref={canvas} />
      </div>
    </>
  )
}

/** The nearest price that can be ordered at. */
function toTick(price: number, tick: number): number {
  return tick > 0 ? Math.round(price / tick) * tick : price
}
