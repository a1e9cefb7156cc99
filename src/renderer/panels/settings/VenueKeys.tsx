import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { VenueSecret } from '../../../shared/access-contract.ts'
import type { Settings } from '../../../shared/settings.ts'
import { useVenue } from '../../bridge/health-store.ts'
import { session } from '../../bridge/session.ts'
import { StateMark } from '../../ui/StateMark.tsx'
import { STATE_MARKS } from '../../ui/venues.ts'
import { ChoiceRow } from './controls.tsx'
import { SecretRow } from './SecretRow.tsx'
import { Section } from './SettingsFrame.tsx'
import styles from './Settings.module.css'
import { useSetting } from './use-setting.ts'

type Account = Settings['feeds']['kis']
const ACCOUNTS: readonly Account[] = ['live', 'paper']

/** The keys of Korea Investment & Securities: which account, and a field for each key of it, to be written only. */
export function VenueKeys() {
  const { t } = useTranslation('settings')
  const [secrets, setSecrets] = useState<readonly VenueSecret[]>([])
  const account = useSetting<Account>(
    'feeds.kis',
    (settings) => settings.feeds.kis,
    (kis) => ({ feeds: { kis } }),
  )
  useEffect(() => {
    let left = false
    session.call('venue.secret.state', {}).then(
      (known) => !left && setSecrets(known),
      () => undefined, // asked again when the page opens again
    )
    return () => {
      left = true
    }
  }, [])
  return (
    <Section title={t('keys.title')} text={t('keys.text')}>
      <ChoiceRow
        label={t('keys.account')}
        help={t('keys.accountHelp')}
        setting={account}
        options={ACCOUNTS.map((value) => ({ value, label: t(`keys.accountChoice.${value}`) }))}
      />
      {secrets
        .filter((secret) => secret.account === `kis.${account.value}`)
        .map((secret) => (
          <KeyRow key={`${secret.account} ${secret.name}`} secret={secret} onChange={setSecrets} />
        ))}
      <Standing />
    </Section>
  )
}

/** How the source stands with these keys, and how much of what one key carries is used. */
function Standing() {
  const { t } = useTranslation(['settings', 'shell', 'faults'])
  const venue = useVenue('kis')
  if (venue === undefined) return undefined
  const { state, fault, registrations } = venue
  return (
    <div className={styles['row']}>
      <span className={styles['label']}>{t('keys.standing')}</span>
      <div className={styles['control']} role="status">
        <span className={styles['standing']}>
          <StateMark mark={STATE_MARKS[state]} />
          {t(`shell:state.${state}`)}
          {fault &&
            fault.code !== 'needs-key' &&
            ` · ${t(`faults:${fault.code}.what`)} ${t(`faults:${fault.code}.cure`)}`}
        </span>
        {registrations && (
          <span className={styles['help']}>
            {t('keys.registrations', { used: registrations.used, most: registrations.most })}
            {registrations.polled > 0 && ` ${t('keys.polled', { count: registrations.polled })}`}
          </span>
        )}
      </div>
      <span />
    </div>
  )
}

interface KeyRowProps {
  readonly secret: VenueSecret
  readonly onChange: (secrets: readonly VenueSecret[]) => void
}

function KeyRow({ secret: { account, name, state }, onChange }: KeyRowProps) {
  const { t } = useTranslation('settings')
  return (
    <SecretRow
      label={t(name === 'app-key' ? 'keys.appKey' : 'keys.appSecret')}
      help={t(`keys.state.${state}`)}
      isSet={state !== 'none'}
      locked={state === 'environment'}
      save={async (value) => onChange(await session.call('venue.secret.set', { account, name, value }))}
    />
  )
}
