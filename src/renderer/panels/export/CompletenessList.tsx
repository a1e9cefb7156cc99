import { useTranslation } from 'react-i18next'
import type { Completeness } from '../../../shared/export-view.ts'
import { pairOf, VENUES, venueOf } from '../../../shared/market.ts'
import { classes } from '../../ui/classes.ts'
import { formatShare } from '../../ui/format.ts'
import styles from './CompletenessList.module.css'

const STATES = ['live', 'backfilled', 'missing', 'unwatched'] as const

/** Per market, which seconds of the range are live, filled afterwards, or not there. */
export function CompletenessList({ rows }: { readonly rows: readonly Completeness[] }) {
  const { t } = useTranslation('export')
  return (
    <div>
      <ul className={styles['list']}>
        {rows.map((row) => (
          <CompletenessRow key={row.instrument} row={row} />
        ))}
      </ul>
      <div className={styles['legend']}>
        {STATES.map((state) => (
          <span key={state}>
            <i className={styles[state]} />
            {t(state)}
          </span>
        ))}
      </div>
    </div>
  )
}

function CompletenessRow({ row }: { readonly row: Completeness }) {
  const { t } = useTranslation(['export', 'names'])
  const venue = VENUES.find((known) => known === venueOf(row.instrument))
  const name = venue ? t(`names:${venue}`) : venueOf(row.instrument)
  const pair = pairOf(row.instrument)
  const share = (seconds: number) => formatShare(row.seconds === 0 ? 0 : seconds / row.seconds)
  const from = row.runs[0]?.from ?? 0
  const length = Math.max(1, (row.runs.at(-1)?.to ?? 0) - from)
  return (
    <li className={styles['row']}>
      <span className={styles['name']} title={`${name} ${pair}`}>
        {name} <span>{pair}</span>
      </span>
      <span
        className={styles['strip']}
        role="img"
        aria-label={t('export:completenessOf', {
          market: `${name} ${pair}`,
          live: share(row.live),
          backfilled: share(row.backfilled),
          missing: share(row.missing),
          unwatched: share(row.unwatched),
        })}
      >
        {row.runs.map((run) => (
          <i
            key={run.from}
            className={styles[run.state]}
            style={{
              left: `${((run.from - from) / length) * 100}%`,
              width: `${((run.to - run.from) / length) * 100}%`,
            }}
          />
        ))}
      </span>
      <span className={styles['shares']} aria-hidden>
        <b>{share(row.live)}</b> · <span className={styles['fill']}>{share(row.backfilled).slice(0, -1)}</span> ·{' '}
        <span className={classes(row.missing > 0 && styles['bad'])}>{share(row.missing).slice(0, -1)}</span>
      </span>
    </li>
  )
}
