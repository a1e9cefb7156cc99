import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useMode } from '../../bridge/health-store.ts'
import { useSession } from '../../bridge/session.ts'
import { useFocus, useTicker } from '../../market/market.ts'
import { useVenueName } from '../../market/venue-name.ts'
import type { InstrumentKey } from '../../../shared/market.ts'
import { pairOf, venueOf } from '../../../shared/market.ts'
import type { Pane, PaneView } from '../../../shared/shell-contract.ts'
import { Chip } from '../../ui/Chip.tsx'
import { bindKeys } from '../../ui/commands.ts'
import { ErrorBoundary } from '../../ui/ErrorBoundary.tsx'
import { Toasts } from '../../ui/Toasts.tsx'
import { useAppearance } from '../../ui/use-appearance.ts'
import { LostBanner } from '../banner/Banner.tsx'
import { ConnectionScreen } from '../banner/ConnectionScreen.tsx'
import { BookPanel } from '../book/BookPanel.tsx'
import { ChartPanel } from '../chart/ChartPanel.tsx'
import { SourceLine } from '../head/SourceLine.tsx'
import { Credits } from '../status-bar/Credits.tsx'
import { TapePanel } from '../tape/TapePanel.tsx'
import styles from './PanePage.module.css'

const PANELS: Readonly<Record<Pane, () => React.ReactNode>> = { chart: ChartPanel, book: BookPanel, tape: TapePanel }

/** One panel in a window of its own, for one market. */
export function PanePage({ pane }: { readonly pane: PaneView }) {
  const { t } = useTranslation('desktop')
  const { info, phase } = useSession()
  const instrument = useFocus() ?? pane.instrument
  useAppearance()
  useEffect(bindKeys, [])
  const title = `${pairOf(instrument)} · ${t(`panes.${pane.pane}`)}`
  useEffect(() => {
    document.title = `${title} · Tapedeck`
  }, [title])
  if (!info) return <ConnectionScreen />
  const Panel = PANELS[pane.pane]
  return (
    <div className={styles['pane']}>
      {pane.pane !== 'chart' && <PaneHead instrument={instrument} />}
      {phase !== 'ready' && <LostBanner />}
      <main className={styles['panel']}>
        <h1 className={styles['hidden']}>{title}</h1>
        <ErrorBoundary>
          <Panel />
        </ErrorBoundary>
      </main>
      {pane.pane === 'chart' && (
        <footer className={styles['foot']}>
          <Credits />
          <DemoMark />
        </footer>
      )}
      <Toasts />
    </div>
  )
}

/** Which market this is, where the panel does not say so itself. */
function PaneHead({ instrument }: { readonly instrument: InstrumentKey }) {
  const ticker = useTicker(instrument)
  const venueName = useVenueName()
  return (
    <header className={styles['head']}>
      <b>{pairOf(instrument)}</b>
      <SourceLine instrument={instrument} name={venueName(venueOf(instrument))} ticker={ticker} />
      <DemoMark />
    </header>
  )
}

/** That this is not the live market: on every window. */
function DemoMark() {
  const { t } = useTranslation()
  if (useMode()?.mode !== 'demo') return undefined
  return (
    <span className={styles['demo']} title={t('demoHint')}>
      <Chip size="small" tone="mode">
        {t('demo')}
      </Chip>
    </span>
  )
}
