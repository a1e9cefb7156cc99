import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useKnownVenues } from '../../bridge/health-store.ts'
import { useSettings } from '../../bridge/settings-store.ts'
import { instruments, useWatchlist } from '../../market/market.ts'
import { useVenueName } from '../../market/venue-name.ts'
import type { InstrumentKey } from '../../../shared/market.ts'
import { pairOf, venueOf } from '../../../shared/market.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { keyCaps } from '../../ui/commands.ts'
import { changeSetting } from '../../ui/use-shell-commands.ts'
import { VENUE_ORDER } from '../../ui/venues.ts'
import { candidatesOf } from './candidates.ts'
import styles from './Welcome.module.css'

/** Which exchanges are connected, and which markets stand on the watch list. */
export function MarketStep() {
  const { t } = useTranslation(['welcome', 'names'])
  const { venues } = useSettings()
  const known = useKnownVenues()
  const venueName = useVenueName()
  const watchlist = useWatchlist() ?? []
  const listed = useStore(instruments, (state) => state.byKey)
  /** A market that was taken off stays in sight, to be put on again. */
  const [offered, setOffered] = useState<readonly InstrumentKey[]>(watchlist)
  const all = [...offered, ...watchlist.filter((key) => !offered.includes(key))]
  const isOn = (venue: string) => known.has(venue as never) && venues[venue as keyof typeof venues] !== false
  const markets = candidatesOf(all, listed).filter((key) => isOn(venueOf(key)))
  const toggle = (key: InstrumentKey, on: boolean) => {
    setOffered(all)
    changeSetting({ watchlist: on ? [...watchlist, key] : watchlist.filter((other) => other !== key) })
  }
  return (
    <>
      <fieldset className={styles['boxes']}>
        <legend>{t('welcome:exchanges')}</legend>
        {VENUE_ORDER.filter((venue) => known.has(venue) || venues[venue] === false).map((venue) => (
          <Checkbox
            key={venue}
            label={t(`names:${venue}`)}
            checked={venues[venue] !== false}
            onChange={(on) => changeSetting({ venues: { [venue]: on } })}
          />
        ))}
      </fieldset>
      <fieldset className={styles['boxes']}>
        <legend>{t('welcome:watch')}</legend>
        {markets.map((key) => (
          <Checkbox
            key={key}
            label={
              <>
                {pairOf(key)} <small>{venueName(venueOf(key))}</small>
              </>
            }
            checked={watchlist.includes(key)}
            disabled={watchlist.length === 1 && watchlist[0] === key}
            onChange={(on) => toggle(key, on)}
          />
        ))}
      </fieldset>
      <p className={styles['help']}>{t('welcome:watchHelp', { keys: keyCaps('Mod+K').join(' ') })}</p>
    </>
  )
}
