import { ChevronDown, ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useVenueName } from '../../market/venue-name.ts'
import { useVenueAge, useVenueState } from '../../market/venue-state.ts'
import { Chip } from '../../ui/Chip.tsx'
import { classes } from '../../ui/classes.ts'
import { SMALL_ICON } from '../../ui/icons.ts'
import { StateMark } from '../../ui/StateMark.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { STATE_MARKS } from '../../ui/venues.ts'
import type { WatchRow } from './watchlist-rows.ts'
import styles from './Watchlist.module.css'

type Group = Extract<WatchRow, { kind: 'group' }>

/** The head of a group: its name, how many, and for a venue how it stands and how old its data is. */
export function GroupRow({ group }: { readonly group: Group }) {
  const venueName = useVenueName()
  const Chevron = group.collapsed ? ChevronRight : ChevronDown
  return (
    <span role="gridcell" aria-colspan={5} className={styles['groupCell']}>
      <Chevron {...SMALL_ICON} />
      <span className={styles['groupName']}>{group.venue === undefined ? group.label : venueName(group.venue)}</span>
      <span className={styles['quote']}>
        {[group.venue === undefined ? '' : group.label, group.collapsed ? String(group.count) : '']
          .filter(Boolean)
          .join(' · ')}
      </span>
      {group.venue !== undefined && <VenueAge venue={group.venue} />}
    </span>
  )
}

function VenueAge({ venue }: { readonly venue: string }) {
  const { t } = useTranslation('market')
  const format = useFormat()
  const { state, isLate } = useVenueState(venue)
  const old = format.age(useVenueAge(venue))
  return (
    <span className={classes(styles['age'], isLate && styles['late'])}>
      {state === 'polled' && (
        <Chip size="small" tone="fill">
          {t('watchlist.polled')}
        </Chip>
      )}
      {isLate ? t('watchlist.noDataFor', { age: old }) : old}
      <StateMark mark={STATE_MARKS[state]} label={t(`state.${state}`, { ns: 'shell' })} />
    </span>
  )
}
