/** How the state of a feed looks and reads. */

import { useTranslation } from 'react-i18next'
import type { ItemFeedState } from '../../../shared/items-contract.ts'
import { REFUSAL_RULES } from '../../../shared/items-contract.ts'
import type { FaultText } from '../../ui/fault-text.ts'
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

/** Cures that an exchange's would mislead about. */
const OWN_CURES = ['region-blocked', 'key-refused', 'timed-out'] as const
type OwnCure = (typeof OWN_CURES)[number]
const hasOwnCure = (code: string): code is OwnCure => OWN_CURES.some((each) => each === code)

/** Why a feed gives nothing and what to do, in the reader's language; undefined where it does. */
export function useTrouble({ state, fault }: ItemFeedState): Partial<FaultText> | undefined {
  const { t } = useTranslation(['news', 'faults'])
  if (state === 'keyless') return { what: t('news:needsKey') }
  if (state !== 'down' || fault === undefined) return undefined
  const { code } = fault
  return {
    what: isOwn(code) ? t(`news:reason.${code}`) : t(`faults:${code}.what`),
    cure: hasOwnCure(code) ? t(`news:cure.${code}`) : t(`faults:${code}.cure`),
  }
}

/** A feed's name; an address of the RSS feed goes by its host. */
export function useFeedName({ feed, url }: Pick<ItemFeedState, 'feed' | 'url'>): string {
  const { t } = useTranslation('news')
  return url === undefined ? t(`feed.${feed}`) : new URL(url).host.replace(/^www\./, '')
}

/** What of a feed's answers was not taken: how many, and by which rules. */
export function useRefused({ refused }: ItemFeedState): { readonly count: number; readonly why: string } {
  const { t } = useTranslation('news')
  const rules = REFUSAL_RULES.filter((rule) => (refused[rule] ?? 0) > 0)
  return {
    count: rules.reduce((sum, rule) => sum + (refused[rule] ?? 0), 0),
    why: rules.map((rule) => t('because', { rule: t(`rule.${rule}`), count: refused[rule] ?? 0 })).join(', '),
  }
}
