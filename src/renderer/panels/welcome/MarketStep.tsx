import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useKnownVenues } from '../../bridge/health-store.ts'
import type { SettingsPatch } from '../../bridge/settings-store.ts'
import { saveSettings, useSettingsView } from '../../bridge/settings-store.ts'
import { instruments, useWatchlist } from '../../market/market.ts'
import type { KnownCoin } from '../../../shared/default-markets.ts'
import { KNOWN_COINS, mainMarket } from '../../../shared/default-markets.ts'
import type { VenueId } from '../../../shared/market.ts'
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { keyCaps } from '../../ui/commands.ts'
import { useFormat } from '../../ui/use-format.ts'
import { showFault } from '../../ui/show-fault.ts'
import { VENUE_ORDER } from '../../ui/venues.ts'
import { toCoinChoice, toWatchlist } from './coin-choice.ts'
import styles from './Welcome.module.css'

/** What was ticked and is being saved: ticks may come faster than the engine answers. */
interface Draft {
  readonly coins?: readonly KnownCoin[]
  readonly venues?: Readonly<Partial<Record<VenueId, boolean>>>
}

/** Which exchanges are connected, and which coins stand on the watch list: each on every exchange that is on. */
export function MarketStep() {
  const { t } = useTranslation(['welcome', 'names'])
  const view = useSettingsView()
  const known = useKnownVenues()
  const { language } = useFormat()
  const listed = useStore(instruments, (state) => state.byKey)
  const kept = toCoinChoice(useWatchlist() ?? [])
  const [draft, setDraft] = useState<Draft>({})
  const coins = draft.coins ?? kept.coins
  const venues = { ...(view?.settings ?? DEFAULT_SETTINGS).venues, ...draft.venues }
  const offered = VENUE_ORDER.filter((venue) => known.has(venue) || venues[venue] === false)
  const on = offered.filter((venue) => venues[venue] !== false)
  const isLocked = (field: 'venues' | 'watchlist') => view?.sources[field] === 'environment'
  const nameOf = (coin: KnownCoin) =>
    VENUE_ORDER.flatMap((venue) => mainMarket(venue, coin) ?? [])
      .map((key) => listed.get(key)?.names[language])
      .find((name) => name !== undefined)

  const save = (next: Draft, patch: SettingsPatch) => {
    setDraft(next)
    saveSettings(patch)
      .catch((error: unknown) => showFault('setting', error))
      .finally(() => setDraft((now) => (now === next ? {} : now)))
  }
  const watch = (next: readonly KnownCoin[], through: readonly VenueId[]): SettingsPatch =>
    isLocked('watchlist') ? {} : { watchlist: toWatchlist({ coins: next, others: kept.others }, through, listed) }
  const toggleVenue = (venue: VenueId, isOn: boolean) => {
    const through = offered.filter((each) => (each === venue ? isOn : on.includes(each)))
    save(
      { ...draft, venues: { ...draft.venues, [venue]: isOn } },
      { venues: { [venue]: isOn }, ...watch(coins, through) },
    )
  }
  const toggleCoin = (coin: KnownCoin, isOn: boolean) => {
    const next = KNOWN_COINS.filter((each) => (each === coin ? isOn : coins.includes(each)))
    save({ ...draft, coins: next }, watch(next, on))
  }
  return (
    <>
      <fieldset className={styles['boxes']}>
        <legend>{t('welcome:exchanges')}</legend>
        {offered.map((venue) => (
          <Checkbox
            key={venue}
            label={t(`names:${venue}`)}
            checked={venues[venue] !== false}
            disabled={isLocked('venues') || (on.length === 1 && on[0] === venue)}
            onChange={(isOn) => toggleVenue(venue, isOn)}
          />
        ))}
      </fieldset>
      <fieldset className={styles['boxes']}>
        <legend>{t('welcome:watch')}</legend>
        {KNOWN_COINS.map((coin) => (
          <Checkbox
            key={coin}
            label={
              <>
                {coin} <small>{nameOf(coin)}</small>
              </>
            }
            checked={coins.includes(coin)}
            disabled={isLocked('watchlist') || (coins.length === 1 && coins[0] === coin)}
            onChange={(isOn) => toggleCoin(coin, isOn)}
          />
        ))}
      </fieldset>
      <p className={styles['help']}>{t('welcome:watchHelp', { keys: keyCaps('Mod+K').join(' ') })}</p>
    </>
  )
}
