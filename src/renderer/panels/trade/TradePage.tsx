import { BookPanel } from '../book/BookPanel.tsx'
import { ChartPanel } from '../chart/ChartPanel.tsx'
import { TapePanel } from '../tape/TapePanel.tsx'
import { VenuesPanel } from '../venues/VenuesPanel.tsx'
import { WatchlistPanel } from '../watchlist/WatchlistPanel.tsx'
import styles from './TradePage.module.css'

/** The market at work: watch list, chart, book and tape. */
export function TradePage() {
  return (
    <div className={styles['trade']}>
      <WatchlistPanel />
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
