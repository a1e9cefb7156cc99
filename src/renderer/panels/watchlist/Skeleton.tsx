import styles from './Watchlist.module.css'

const ROWS = Array.from({ length: 12 }, (_, index) => index)

/** Bars in the true columns while the list is on its way; shows after 300 ms. */
export function Skeleton() {
  return (
    <div className={styles['skeleton']} aria-hidden>
      {ROWS.map((index) => (
        <div key={index} className={styles['columns']} style={{ opacity: 1 - index / ROWS.length }}>
          <i style={{ width: 40 + ((index * 13) % 24) }} />
          <i style={{ width: 40, height: 2 }} />
          <i style={{ width: 48 + ((index * 17) % 30), justifySelf: 'end' }} />
          <i style={{ width: 40, justifySelf: 'end' }} />
        </div>
      ))}
    </div>
  )
}
