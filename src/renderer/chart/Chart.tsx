import { ChartCandlestick } from 'lucide-react'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { session as bridge } from '../bridge/session.ts'
import { epoch, focus, frames, marketStream } from '../market/market.ts'
import type { InstrumentKey, Millis } from '../../shared/market.ts'
import { Button } from '../ui/Button.tsx'
import { runCommand } from '../ui/commands.ts'
import { EmptyBlock } from '../ui/EmptyBlock.tsx'
import { faultText } from '../ui/fault-text.ts'
import { BLOCK_ICON } from '../ui/icons.ts'
import { useFormat } from '../ui/use-format.ts'
import { offerVisibleRange } from '../ui/visible-range.ts'
import styles from './Chart.module.css'
import { onChartKey } from './chart-keys.ts'
import type { ChartSession } from './chart-session.ts'
import { createChartSession } from './chart-session.ts'
import type { ChartView } from './chart-view.ts'
import { createChartView } from './chart-view.ts'
import { GapStrip } from './GapStrip.tsx'
import { useChosenIndicators } from './chosen-indicators.ts'
import { IndicatorLegend } from './IndicatorLegend.tsx'
import { Legend } from './Legend.tsx'
import { marked, markReached } from './marked.ts'
import { useChartTheme } from './theme-store.ts'

export interface ChartProps {
  readonly instrument: InstrumentKey
  readonly interval: Millis
  /** Fractional digits of the tick size. */
  readonly decimals: number
  /** Smallest price step. */
  readonly tick: number
  /** What it shows, in words. */
  readonly label: string
}

/** Candles, volume and gap ledger of one market, from the first bar stored to this moment. */
export function Chart(props: ChartProps) {
  const asked = useStore(epoch, (state) => state.count)
  return <JoinedChart key={asked} {...props} />
}

function JoinedChart({ instrument, interval, decimals, tick, label }: ChartProps) {
  const { t } = useTranslation('market')
  const { zone } = useFormat()
  const plot = useRef<HTMLDivElement>(null)
  const theme = useChartTheme()
  const indicators = useChosenIndicators()
  const mark = useStore(marked, (state) => state.mark)
  const [view, setView] = useState<ChartView>()
  const options = useRef({ theme, zone, decimals, tick, indicators })

  useEffect(() => {
    options.current = { theme, zone, decimals, tick, indicators }
  }, [theme, zone, decimals, tick, indicators])
  useEffect(() => {
    if (!plot.current) return
    const session = createChartSession(bridge, instrument, interval)
    const created = createChartView(plot.current, session, frames, options.current)
    const leave = marketStream.onFrame((frame, of) => {
      if (of === instrument) session.apply(frame)
    })
    const withdraw = offerVisibleRange(() => created.visible())
    const leavePicks = created.onPick(({ openAt }) =>
      runCommand('trace.candle', { instrument, from: openAt, to: openAt + interval }),
    )
    setView(created)
    return () => {
      withdraw()
      leavePicks()
      leave()
      created.close()
      session.close()
      setView(undefined)
    }
  }, [instrument, interval])
  useEffect(() => {
    if (!view || mark?.instrument !== instrument) return undefined
    return view.mark(mark.at, mark.reached ? undefined : markReached)
  }, [view, mark, instrument])
  useEffect(
    () => view?.configure({ theme, zone, decimals, tick, indicators }),
    [view, theme, zone, decimals, tick, indicators],
  )

  return (
    <div className={styles['chart']}>
      <div className={styles['plot']}>
        <div
          ref={plot}
          role="application"
          tabIndex={0}
          aria-label={label}
          aria-description={t('chart.keys')}
          className={styles['canvas']}
          onKeyDown={(event) => view && onChartKey(event, view, focus)}
        />
        {view && <Legend view={view} interval={interval} decimals={decimals} />}
        {view && <IndicatorLegend view={view} decimals={decimals} />}
        {view && <Notice session={view.session} />}
      </div>
      {view ? <GapStrip view={view} theme={theme} /> : <div className={styles['ledger']} />}
    </div>
  )
}

/** Loading, empty and failed: over the plot, which keeps its place. */
function Notice({ session }: { readonly session: ChartSession }) {
  const { t } = useTranslation('market')
  const { t: tFault } = useTranslation('faults')
  const state = useSyncExternalStore(session.subscribe, session.state)
  if (state.phase === 'loading' || state.older)
    return (
      <div
        role="progressbar"
        aria-label={t(state.older ? 'chart.loadingOlder' : 'chart.loading')}
        className={styles['loading']}
      />
    )
  if (state.phase === 'failed' && state.fault) {
    const { what, cure } = faultText(tFault, state.fault)
    return (
      <div className={styles['cover']}>
        <EmptyBlock
          tone="bad"
          icon={<ChartCandlestick {...BLOCK_ICON} />}
          title={t('chart.failed')}
          text={`${what} ${cure}`}
          actions={<Button onClick={() => session.retry()}>{t('retry', { ns: 'shell' })}</Button>}
        />
      </div>
    )
  }
  if (session.model.bars.length > 0) return undefined
  return <EmptyChart session={session} />
}

function EmptyChart({ session }: { readonly session: ChartSession }) {
  const { t } = useTranslation('market')
  const empty = useSyncExternalStore(frames.onDraw, () => session.model.bars.length === 0)
  if (!empty) return undefined
  return (
    <div className={styles['cover']}>
      <EmptyBlock icon={<ChartCandlestick {...BLOCK_ICON} />} title={t('chart.empty')} text={t('chart.emptyText')} />
    </div>
  )
}
