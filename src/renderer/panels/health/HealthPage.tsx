import { useEffect } from 'react'
import { useHealth, useKnownVenues } from '../../bridge/health-store.ts'
import { TROUBLED, VENUE_ORDER } from '../../ui/venues.ts'
import { followFeeds } from '../news/news-store.ts'
import { DelayChart } from './DelayChart.tsx'
import styles from './HealthPage.module.css'
import { FeedTable } from './FeedTable.tsx'
import { HealthHead } from './HealthHead.tsx'
import { showVenue, useShownVenue } from './shown-venue.ts'
import { VenueDetails } from './VenueDetails.tsx'
import { VenueTable } from './VenueTable.tsx'

/** Each source and how it does, exchanges and feeds of news; of the chosen exchange its delay, its events, its malformed frames. */
export function HealthPage() {
  const troubled = useHealth((health) => health?.venues.find((venue) => TROUBLED.has(venue.state))?.venue)
  const chosen = useShownVenue()
  const known = useKnownVenues()
  useEffect(followFeeds, [])
  const venue = chosen ?? troubled ?? VENUE_ORDER.find((id) => known.has(id)) ?? 'upbit'
  return (
    <div className={styles['page']}>
      <HealthHead />
      <VenueTable selected={venue} onSelect={showVenue} />
      <FeedTable />
      <div className={styles['bottom']}>
        <DelayChart venue={venue} />
        <VenueDetails venue={venue} />
      </div>
    </div>
  )
}
