import { BookPanel } from '../book/BookPanel.tsx'
import { ChartPanel } from '../chart/ChartPanel.tsx'
import { TapePanel } from '../tape/TapePanel.tsx'
import { TraceDrawer } from '../trace/TraceDrawer.tsx'
import { useTraced } from '../trace/trace-store.ts'
import { VenuesPanel } from '../venues/VenuesPanel.tsx'
import { WatchlistPanel } from '../watchlist/WatchlistPanel.tsx'
import styles from './TradePage.module.css'

/** The market at work: watch list, chart, book and tape. A trade that is followed stands over the watch list. */
export function TradePage() {
  const traced = useTraced()
  return (
    <div className={styles['trade']}>
      <div className={styles['first']} inert={traced !== undefined}>
        <WatchlistPanel />
      </div>
      {traced && <TraceDrawer traced={traced} />}
      <div className={styles['middle']}>
        <ChartPanel />
        <VenuesPanel />
      </div>
      <div className={styles['side']}>
        <BookPanel />
        <TapePanel />
      </div>
    </div>
  )
}
