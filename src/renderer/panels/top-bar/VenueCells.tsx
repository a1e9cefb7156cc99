import { useTranslation } from 'react-i18next'
import { useHealth, useKnownVenues, useMode, useVenue } from '../../bridge/health-store.ts'
import type { VenueId } from '../../../shared/market.ts'
import { classes } from '../../ui/classes.ts'
import { runCommand } from '../../ui/commands.ts'
import { showVenue } from '../health/shown-venue.ts'
import { dataAge } from '../../ui/data-age.ts'
import { NOT_GIVEN } from '../../ui/format.ts'
import { StateMark } from '../../ui/StateMark.tsx'
import { Tooltip } from '../../ui/Tooltip.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { useNow } from '../../ui/use-now.ts'
import { STATE_MARKS, TROUBLED, VENUE_CODES, VENUE_GROUPS } from '../../ui/venues.ts'
import styles from './VenueCells.module.css'

/** One cell per exchange: state, code, age of its last data. In a narrow window the healthy ones fold into a sum. */
export function VenueCells() {
  const { t } = useTranslation()
  const known = useKnownVenues()
  const groups = VENUE_GROUPS.map((group) => group.filter((venue) => known.has(venue))).filter(
    (group) => group.length > 0,
  )
  return (
    <div className={styles['cells']} role="group" aria-label={t('venues')}>
      <VenueSum />
      {groups.map((group, index) => (
        <div key={group[0]} className={classes(styles['group'], index > 0 && styles['next'])}>
          {group.map((venue) => (
            <VenueCell key={venue} venue={venue} />
          ))}
        </div>
      ))}
    </div>
  )
}

function VenueCell({ venue }: { readonly venue: VenueId }) {
  const { t } = useTranslation(['shell', 'names'])
  const format = useFormat()
  const now = useNow()
  const health = useVenue(venue)
  const toldAt = useHealth((all) => all?.at ?? 0)
  const demo = useMode()?.mode === 'demo'
  const state = health?.state ?? 'off'
  const age = state === 'off' ? NOT_GIVEN : format.age(dataAge(health?.lastDataAt, toldAt, now))
  const word = t(`shell:state.${state === 'live' && demo ? 'simulated' : state}`)
  const description = t('shell:venueCell', { venue: t(`names:${venue}`), state: word, age })
  return (
    <Tooltip text={description}>
      <button
        type="button"
        className={classes(styles['cell'], TROUBLED.has(state) && styles['troubled'], styles[state])}
        onClick={() => {
          showVenue(venue)
          runCommand('page.open', 'health')
        }}
      >
        <span className={styles['code']}>
          <StateMark mark={STATE_MARKS[state]} />
          {VENUE_CODES[venue]}
          <span className="visually-hidden">
            {t(`names:${venue}`)}, {word},
          </span>
        </span>
        <span className={styles['age']}>{age}</span>
      </button>
    </Tooltip>
  )
}

function VenueSum() {
  const { t } = useTranslation()
  const total = useHealth((health) => health?.venues.filter((venue) => venue.state !== 'off').length ?? 0)
  const live = useHealth(
    (health) => health?.venues.filter((venue) => venue.state === 'live' || venue.state === 'polled').length ?? 0,
  )
  return (
    <Tooltip text={t('venueSummary', { live, total })}>
      <button type="button" className={styles['sum']} onClick={() => runCommand('page.open', 'health')}>
        <StateMark mark={live > 0 ? 'live' : 'down'} />
        <b>{live}</b>
        <span className={styles['dim']}>/ {total}</span>
      </button>
    </Tooltip>
  )
}
