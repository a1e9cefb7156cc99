import { useTranslation } from 'react-i18next'
import type { VenueId } from '../../../shared/market.ts'
import type { Settings } from '../../../shared/settings.ts'
import { useKnownVenues, useMode, useVenue } from '../../bridge/health-store.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { FieldError } from '../../ui/Field.tsx'
import { StateMark } from '../../ui/StateMark.tsx'
import { STATE_MARKS, VENUE_ORDER } from '../../ui/venues.ts'
import { ChoiceRow } from './controls.tsx'
import { Section } from './SettingsFrame.tsx'
import styles from './Settings.module.css'
import type { Setting } from './use-setting.ts'
import { useSetting } from './use-setting.ts'

type Switches = Readonly<Partial<Record<VenueId, boolean>>>

/** Which exchanges are connected. */
export function VenueSettings() {
  const { t } = useTranslation('settings')
  const known = useKnownVenues()
  const venues = useSetting<Switches>(
    'venues',
    (settings) => settings.venues,
    (value) => ({ venues: value }),
  )
  return (
    <Section title={t('venues')} text={venues.locked ? t('locked') : t('venuesHelp')}>
      <div className={styles['venues']}>
        {VENUE_ORDER.filter((venue) => known.has(venue) || venues.value[venue] === false).map((venue) => (
          <VenueSwitch key={venue} venue={venue} setting={venues} />
        ))}
      </div>
      {venues.error && <FieldError id="venues-error" text={venues.error} />}
      {known.has('coinbase') && <CoinbaseFeed />}
    </Section>
  )
}

type Feed = Settings['feeds']['coinbase']
const FEEDS: readonly Feed[] = ['exchange', 'advanced']

function CoinbaseFeed() {
  const { t } = useTranslation('settings')
  const feed = useSetting<Feed>(
    'feeds.coinbase',
    (settings) => settings.feeds.coinbase,
    (coinbase) => ({ feeds: { coinbase } }),
  )
  return (
    <ChoiceRow
      label={t('coinbaseFeed')}
      help={t('coinbaseFeedHelp')}
      setting={feed}
      options={FEEDS.map((value) => ({ value, label: t(`coinbaseFeedChoice.${value}`) }))}
    />
  )
}

function VenueSwitch({ venue, setting }: { readonly venue: VenueId; readonly setting: Setting<Switches> }) {
  const { t } = useTranslation(['names', 'shell'])
  const state = useVenue(venue)?.state ?? 'off'
  const demo = useMode()?.mode === 'demo'
  return (
    <div className={styles['venue']}>
      <Checkbox
        label={t(`names:${venue}`)}
        checked={setting.value[venue] !== false}
        disabled={setting.locked}
        onChange={(on) => setting.save({ [venue]: on })}
      />
      <span>
        <StateMark mark={STATE_MARKS[state]} />
        {t(`shell:state.${state === 'live' && demo ? 'simulated' : state}`)}
      </span>
    </div>
  )
}
