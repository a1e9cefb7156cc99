/** How the state of a feed looks and reads. */

import { useTranslation } from 'react-i18next'
import type { ItemFeedState } from '../../../shared/items-contract.ts'
import type { Mark } from '../../ui/venues.ts'

export const FEED_MARKS: Readonly<Record<ItemFeedState['state'], Mark>> = {
  off: 'off',
  keyless: 'off',
  waiting: 'waiting',
  live: 'live',
  down: 'down',
}

/** Faults that an exchange has too, in a feed's own words. */
const OWN = ['rate-limited', 'banned', 'venue-error', 'region-blocked', 'key-refused', 'timed-out'] as const
type OwnReason = (typeof OWN)[number]
const isOwn = (code: string): code is OwnReason => OWN.some((each) => each === code)

/** Why a feed gives nothing, in the reader's language; undefined where it does. */
export function useReason({ state, fault }: ItemFeedState): string | undefined {
  const { t } = useTranslation(['news', 'faults'])
  if (state === 'keyless') return t('news:needsKey')
  if (state !== 'down' || fault === undefined) return undefined
  return isOwn(fault.code) ? t(`news:reason.${fault.code}`) : t(`faults:${fault.code}.what`)
}
