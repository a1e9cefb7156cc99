import type { TFunction } from 'i18next'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMode } from '../bridge/health-store.ts'
import { formatShare } from '../ui/format.ts'
import type { Format } from '../ui/use-format.ts'
import { useFormat } from '../ui/use-format.ts'
import type { ChartTheme } from './chart-theme.ts'
import type { ChartView } from './chart-view.ts'
import type { Run, Shares } from './coverage.ts'
import { sharesOf } from './coverage.ts'
import type { GapMark } from './gap-marks.ts'
import { markAt, toMarks } from './gap-marks.ts'
import styles from './Chart.module.css'
import { fitCanvas, paintStrip } from './strip-painter.ts'

export interface GapStripProps {
  readonly view: ChartView
  readonly theme: ChartTheme
}

interface Summary {
  readonly shares: Shares | undefined
  readonly gaps: readonly Run[]
}

const HEIGHT = 10
const NAMED = 5

/** What is known of every second in view, under the time axis and on its scale. A click goes to a gap. */
export function GapStrip({ view, theme }: GapStripProps) {
  const { t } = useTranslation('market')
  const format = useFormat()
  const demo = useMode()?.mode === 'demo'
  const canvas = useRef<HTMLCanvasElement>(null)
  const marks = useRef<readonly GapMark[]>([])
  const [summary, setSummary] = useState<Summary>({ shares: undefined, gaps: [] })
  const [pointed, setPointed] = useState<GapMark>()

  useEffect(() => {
    let told = ''
    const paint = () => {
      const element = canvas.current
      const range = view.visible()
      const width = view.plotWidth()
      if (!element || width === 0) return
      element.style.width = `${width}px`
      const context = fitCanvas(element, width, HEIGHT)
      if (!context || !range) return
      const { model } = view.session
      const end = Math.min(range.to, Math.max(model.ledger.until ?? 0, model.openAts.at(-1) ?? 0))
      const runs = model.ledger.runs(range.from, end)
      marks.current = toMarks(runs, view.xOf, width)
      paintStrip(context, marks.current, HEIGHT, theme)
      const gaps = runs.filter((run) => run.state === 'missing' || run.state === 'backfilled')
      const shares = sharesOf(runs)
      const text = `${shares?.live.toFixed(4)} ${shares?.missing.toFixed(4)} ${gaps.map((run) => `${run.from}-${run.to}${run.state}`).join()}`
      if (text === told) return
      told = text
      setSummary({ shares, gaps })
    }
    paint()
    return view.onPaint(paint)
  }, [view, theme])

  const under = (event: React.PointerEvent) => markAt(marks.current, event.nativeEvent.offsetX)
  const kind = demo ? t('strip.simulated') : t('strip.live')
  return (
    <div className={styles['ledger']}>
      <div className={styles['strip']}>
        <canvas
          ref={canvas}
          role="img"
          aria-label={describe(t, format, summary)}
          height={HEIGHT}
          className={styles['stripCanvas']}
          onPointerMove={(event) => setPointed(under(event))}
          onPointerLeave={() => setPointed(undefined)}
          onPointerUp={(event) => {
            const mark = under(event)
            if (mark && mark.run.state !== 'live') view.show(mark.run)
          }}
        />
        {pointed && (
          <div className={styles['stripTip']} style={{ left: (pointed.from + pointed.to) / 2 }}>
            <b>{t(`strip.states.${pointed.run.state}`)}</b>
            <span>
              {format.dateTime(pointed.run.from)} – {format.clock(pointed.run.to)} {format.zoneName(pointed.run.to)}
            </span>
            <span>{whyOf(t, pointed.run)}</span>
          </div>
        )}
      </div>
      <div className={styles['share']} title={summary.shares && inWords(t, summary.shares)}>
        {summary.shares && t('strip.share', { share: formatShare(summary.shares.live, 1), kind })}
      </div>
    </div>
  )
}

function whyOf(t: TFunction<'market'>, run: Run): string {
  const reason = run.reason === undefined ? '' : t(`strip.reasons.${run.reason}`)
  const filler = run.filledBy === undefined ? '' : t(`strip.filledBy.${run.filledBy}`)
  return [reason, filler].filter(Boolean).join(', ')
}

/** The strip in words. */
function describe(t: TFunction<'market'>, format: Format, { shares, gaps }: Summary): string {
  if (shares === undefined) return t('strip.labelNone')
  const named = gaps.slice(-NAMED).map((run) => {
    const what = `${t(`strip.states.${run.state}`)}, ${whyOf(t, run)}`
    return t('strip.gapIn', { from: format.clock(run.from), to: format.clock(run.to), what })
  })
  const more = gaps.length > NAMED ? [t('strip.more', { count: gaps.length - NAMED })] : []
  return [t('strip.label', { shares: inWords(t, shares) }), ...named, ...more].join(' ')
}

/** How complete the part in view is. */
function inWords(t: TFunction<'market'>, { live, backfilled, missing }: Shares): string {
  const share = (value: number) => formatShare(value, value > 0 && value < 0.001 ? 3 : 1)
  return t('strip.shares', { live: share(live), backfilled: share(backfilled), missing: share(missing) })
}
