import { Info } from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { COMPRESSIONS } from '../../../../shared/kafka-settings.ts'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { Field } from '../../../ui/Field.tsx'
import { SMALL_ICON } from '../../../ui/icons.ts'
import { Input } from '../../../ui/Input.tsx'
import { Segmented } from '../../../ui/Segmented.tsx'
import { Select } from '../../../ui/Select.tsx'
import styles from './Connect.module.css'
import type { ProfileDraft, ProfileField } from './profile-draft.ts'
import { ENCRYPTIONS, SIGN_INS } from './profile-draft.ts'
import { SecretField } from './SecretField.tsx'

const SIGN_IN_LABELS: Readonly<Record<Exclude<ProfileDraft['signIn'], 'none'>, string>> = {
  PLAIN: 'PLAIN',
  'SCRAM-SHA-256': 'SCRAM-256',
  'SCRAM-SHA-512': 'SCRAM-512',
  OAUTHBEARER: 'OAUTH',
}
const FACTS = ['delivery', 'partition', 'quota', 'topics'] as const

export interface Secrets {
  readonly password: string
  readonly keyPassphrase: string
}

export interface ProfileFormProps {
  readonly draft: ProfileDraft
  readonly wrong: ReadonlySet<ProfileField> | undefined
  readonly locked: boolean
  readonly notes: readonly string[]
  /** Id of the saved profile, whose secrets may be kept. */
  readonly profile: string | undefined
  readonly secrets: Secrets
  readonly onSecrets: (secrets: Secrets) => void
  readonly onChange: (draft: ProfileDraft) => void
}

type TextName =
  | 'name'
  | 'clientId'
  | 'brokers'
  | 'caFile'
  | 'certFile'
  | 'keyFile'
  | 'serverName'
  | 'username'
  | 'tokenUrl'
  | 'replication'

/** All that a profile says: where the cluster is, how it is reached, who signs in, what may be done. */
export function ProfileForm(props: ProfileFormProps) {
  const { t } = useTranslation('kafka')
  const id = useId()
  const { draft, wrong, locked, notes, profile, secrets, onSecrets, onChange } = props
  const set = (change: Partial<ProfileDraft>) => onChange({ ...draft, ...change })
  const text = (
    name: TextName,
    options: { readonly help?: string; readonly hint?: string; readonly code?: boolean } = {},
  ) => {
    const isWrong = wrong?.has(name as ProfileField) === true
    const label = name === 'username' && draft.signIn === 'OAUTHBEARER' ? 'clientOfToken' : name
    return (
      <Field
        label={t(`connect.field.${label}`)}
        htmlFor={`${id}-${name}`}
        help={options.help}
        error={isWrong ? t(`connect.wrong.${name as ProfileField}`) : undefined}
      >
        <Input
          id={`${id}-${name}`}
          className={options.code ? styles['code'] : undefined}
          value={draft[name]}
          placeholder={options.hint}
          disabled={locked}
          invalid={isWrong}
          onChange={(event) => set({ [name]: event.target.value })}
        />
      </Field>
    )
  }
  return (
    <div className={styles['body']} tabIndex={-1}>
      {locked && <Notes notes={[t('connect.environment')]} />}
      {notes.length > 0 && <Notes notes={notes} />}
      <div className={styles['names']}>
        {text('name')}
        {text('clientId')}
      </div>
      {text('brokers', { help: t('connect.brokersHelp'), hint: 'localhost:9092', code: true })}
      <Field label={t('connect.field.encryption')}>
        <Segmented
          stretch
          label={t('connect.field.encryption')}
          value={draft.encryption}
          disabled={locked}
          options={ENCRYPTIONS.map((value) => ({ value, label: t(`connect.encryption.${value}`) }))}
          onChange={(encryption) => set({ encryption })}
        />
      </Field>
      {draft.encryption !== 'none' && (
        <div className={styles['halves']}>
          {text('caFile', { hint: '/etc/ssl/company.pem' })}
          {text('serverName', { hint: t('connect.serverNameHint') })}
        </div>
      )}
      {draft.encryption === 'mutual' && (
        <>
          <div className={styles['halves']}>
            {text('certFile', { hint: '/etc/ssl/client.pem' })}
            {text('keyFile', { hint: '/etc/ssl/client.key' })}
          </div>
          <SecretField
            name="keyPassphrase"
            profile={profile}
            value={secrets.keyPassphrase}
            locked={locked}
            onChange={(keyPassphrase) => onSecrets({ ...secrets, keyPassphrase })}
          />
        </>
      )}
      <Field label={t('connect.field.signIn')}>
        <Segmented
          stretch
          label={t('connect.field.signIn')}
          value={draft.signIn}
          disabled={locked}
          options={SIGN_INS.map((value) => ({
            value,
            label: value === 'none' ? t('connect.noSignIn') : SIGN_IN_LABELS[value],
          }))}
          onChange={(signIn) => set({ signIn })}
        />
      </Field>
      {draft.signIn !== 'none' && (
        <div className={styles['halves']}>
          {text('username')}
          <SecretField
            name={draft.signIn === 'OAUTHBEARER' ? 'clientSecret' : 'password'}
            profile={profile}
            value={secrets.password}
            locked={locked}
            onChange={(password) => onSecrets({ ...secrets, password })}
          />
        </div>
      )}
      {draft.signIn === 'OAUTHBEARER' && text('tokenUrl', { hint: 'https://sign-in.example.com/token' })}
      <div className={styles['rule']} />
      <div className={styles['halves']}>
        <Field label={t('connect.field.compression')} htmlFor={`${id}-compression`}>
          <Select
            id={`${id}-compression`}
            value={draft.compression}
            disabled={locked}
            options={COMPRESSIONS.map((value) => ({
              value,
              label: value === 'none' ? t('connect.noCompression') : value,
            }))}
            onChange={(compression) => set({ compression })}
          />
        </Field>
        {text('replication', { help: t('connect.replicationHelp'), hint: t('connect.replicationHint') })}
      </div>
      <Checkbox
        label={t('connect.field.readOnly')}
        help={t('connect.readOnlyHelp')}
        checked={draft.readOnly}
        disabled={locked}
        onChange={(readOnly) => set({ readOnly })}
      />
      <dl className={styles['facts']}>
        {FACTS.map((fact) => (
          <div key={fact} className={styles['fact']}>
            <dt>{t(`connect.fact.${fact}`)}</dt>
            <dd>{t(`connect.factText.${fact}`)}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

function Notes({ notes }: { readonly notes: readonly string[] }) {
  return (
    <ul className={styles['notes']}>
      {notes.map((note) => (
        <li key={note}>
          <Info {...SMALL_ICON} />
          {note}
        </li>
      ))}
    </ul>
  )
}
