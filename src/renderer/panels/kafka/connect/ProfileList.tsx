import { Lock, Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClusterProfile } from '../../../../shared/kafka-settings.ts'
import { useCluster } from '../../../bridge/kafka-store.ts'
import { Chip } from '../../../ui/Chip.tsx'
import { classes } from '../../../ui/classes.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { SMALL_ICON } from '../../../ui/icons.ts'
import { Panel, PanelTitle } from '../../../ui/Panel.tsx'
import { StateMark } from '../../../ui/StateMark.tsx'
import { FROM_ENVIRONMENT, useProfiles } from '../use-profiles.ts'
import styles from './Connect.module.css'
import { failedStep, useDoctorRuns } from './doctor-run.ts'

export interface ProfileListProps {
  readonly profiles: readonly ClusterProfile[]
  readonly selected: string | undefined
  readonly isNew: boolean
  /** Undefined: the built-in log. */
  readonly onSelect: (id: string | undefined) => void
  readonly onAdd: () => void
}

/** The profiles, the built-in log first, each with what is to be known of it: in use, read-only, failed at a step. */
export function ProfileList({ profiles, selected, isNew, onSelect, onAdd }: ProfileListProps) {
  const { t } = useTranslation('kafka')
  const { active } = useProfiles()
  return (
    <Panel
      label={t('connect.profiles')}
      head={<PanelTitle>{t('connect.profiles')}</PanelTitle>}
      actions={<IconButton size="small" label={t('connect.add')} icon={<Plus {...SMALL_ICON} />} onClick={onAdd} />}
    >
      <div className={styles['list']}>
        <Entry
          name={t('builtIn')}
          note={t('connect.builtInNote')}
          selected={selected === undefined}
          badge={active === null && <InUse />}
          onClick={() => onSelect(undefined)}
        />
        {profiles.map((profile) => (
          <Entry
            key={profile.id}
            name={profile.id === FROM_ENVIRONMENT ? t('environment') : profile.name}
            note={brokersNote(profile.brokers)}
            selected={selected === profile.id}
            badge={<Badge profile={profile} inUse={profile.id === active} />}
            onClick={() => onSelect(profile.id)}
          />
        ))}
        {isNew && <Entry name={t('connect.new')} note={t('connect.unsaved')} selected onClick={() => undefined} />}
      </div>
    </Panel>
  )
}

interface EntryProps {
  readonly name: string
  readonly note: string
  readonly selected: boolean
  readonly badge?: ReactNode
  readonly onClick: () => void
}

function Entry({ name, note, selected, badge, onClick }: EntryProps) {
  return (
    <button
      type="button"
      className={classes(styles['profile'], selected && styles['selected'])}
      {...(selected ? { 'aria-current': true } : {})}
      onClick={onClick}
    >
      <b>{name}</b>
      <span>{badge}</span>
      <small>{note}</small>
    </button>
  )
}

function Badge({ profile, inUse }: { readonly profile: ClusterProfile; readonly inUse: boolean }) {
  const { t } = useTranslation('kafka')
  const failed = failedStep(useDoctorRuns().get(profile.id))
  if (inUse) return <InUse />
  if (failed !== undefined)
    return (
      <Chip tone="bad" size="small">
        {t('connect.reached', { count: failed - 1 })}
      </Chip>
    )
  if (!profile.readOnly) return null
  return (
    <Chip size="small">
      <Lock size={12} strokeWidth={1.5} aria-hidden />
      {t('readOnly')}
    </Chip>
  )
}

function InUse() {
  const { t } = useTranslation('kafka')
  const away = useCluster((cluster) => cluster?.state === 'away')
  return (
    <Chip tone={away ? 'bad' : 'ok'} size="small">
      <StateMark mark={away ? 'down' : 'live'} />
      {t(away ? 'connect.inUseAway' : 'connect.inUse')}
    </Chip>
  )
}

function brokersNote(brokers: readonly string[]): string {
  return brokers.length < 2 ? (brokers[0] ?? '') : `${brokers[0]} +${brokers.length - 1}`
}
