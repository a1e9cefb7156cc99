import { useTranslation } from 'react-i18next'
import type { VenueId } from '../../../shared/market.ts'
import { useKnownVenues } from '../../bridge/health-store.ts'
import { classes } from '../../ui/classes.ts'
import { stepIndex } from '../../ui/roving.ts'
import { VENUE_ORDER } from '../../ui/venues.ts'
import { VenueRow } from './VenueRow.tsx'
import styles from './VenueTable.module.css'

type ColumnId = keyof typeof WIDTHS

/** Widths in px; 0 takes the rest. */
const WIDTHS = {
  source: 116,
  state: 176,
  since: 62,
  endpoint: 0,
  lastData: 80,
  rate: 66,
  history: 78,
  p50: 74,
  p99: 80,
  bar: 128,
  skew: 84,
  markets: 70,
  gaps: 56,
  reconnects: 88,
  malformed: 84,
  budget: 150,
} as const
const RIGHT: ReadonlySet<string> = new Set(
  'since lastData rate p50 p99 skew markets gaps reconnects malformed'.split(' '),
)
const COLUMNS = Object.keys(WIDTHS) as ColumnId[]

export interface VenueTableProps {
  readonly selected: VenueId
  readonly onSelect: (venue: VenueId) => void
}

/** One row per exchange; arrows choose. */
export function VenueTable({ selected, onSelect }: VenueTableProps) {
  const { t } = useTranslation('health')
  const known = useKnownVenues()
  const venues = VENUE_ORDER.filter((venue) => known.has(venue))
  const onKeyDown = (event: React.KeyboardEvent<HTMLTableSectionElement>) => {
    if (event.altKey || event.key === 'ArrowLeft' || event.key === 'ArrowRight') return
    const next = stepIndex(event.key, venues.indexOf(selected), venues.length)
    const venue = next === undefined ? undefined : venues[next]
    if (!venue || next === undefined) return
    event.preventDefault()
    onSelect(venue)
    event.currentTarget.querySelectorAll('tr')[next]?.focus()
  }
  return (
    <section className={styles['scroll']} aria-label={t('table')} data-panel tabIndex={-1}>
      <table className={styles['table']} role="grid" aria-label={t('table')}>
        <colgroup>
          {COLUMNS.map((column) => (
            <col key={column} style={WIDTHS[column] === 0 ? {} : { width: WIDTHS[column] }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className={classes(RIGHT.has(column) && styles['right'])}>
                {column === 'p50' || column === 'p99' ? column : t(`column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={onKeyDown}>
          {venues.map((venue) => (
            <VenueRow key={venue} venue={venue} selected={venue === selected} onSelect={onSelect} />
          ))}
        </tbody>
      </table>
    </section>
  )
}
