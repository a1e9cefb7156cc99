import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { VenueId } from '../../shared/market.ts'
import { VENUES } from '../../shared/market.ts'

/** A venue's name in the language of the page; a key of a venue unknown to us reads as it is. */
export function useVenueName(): (venue: string) => string {
  const { t } = useTranslation('names')
  return useCallback((venue) => (isVenue(venue) ? t(venue) : venue), [t])
}

export function isVenue(venue: string): venue is VenueId {
  return (VENUES as readonly string[]).includes(venue)
}
