import { Copy } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClusterProfile } from '../../../../shared/kafka-settings.ts'
import { session } from '../../../bridge/session.ts'
import { saveSettings } from '../../../bridge/settings-store.ts'
import { Button } from '../../../ui/Button.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { SMALL_ICON } from '../../../ui/icons.ts'
import { Panel, PanelTitle } from '../../../ui/Panel.tsx'
import { showToast } from '../../../ui/toasts.ts'
import { openKafka } from '../kafka-view.ts'
import { FROM_ENVIRONMENT, useProfiles } from '../use-profiles.ts'
import { act } from '../parts/act.ts'
import { BlockableButton } from '../parts/BlockableButton.tsx'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'
import { useLeaveCluster } from '../parts/LeaveCluster.tsx'
import shared from '../parts/parts.module.css'
import styles from './Connect.module.css'
import { Doctor } from './Doctor.tsx'
import { failedStep, startDoctor, useDoctorRun } from './doctor-run.ts'
import { ProfileForm } from './ProfileForm.tsx'
import type { ProfileDraft } from './profile-draft.ts'
import { checkProfile } from './profile-draft.ts'

export interface ProfileEditorProps {
  /** Undefined: it is new. */
  readonly saved: ClusterProfile | undefined
  readonly first: ProfileDraft
  /** What an import could not take over. */
  readonly notes: readonly string[]
  readonly onSaved: (id: string) => void
  readonly onCopy: (draft: ProfileDraft) => void
  readonly onGone: () => void
}

/** One profile to write, and the doctor that tries it as it is written. */
export function ProfileEditor({ saved, first, notes, onSaved, onCopy, onGone }: ProfileEditorProps) {
  const { t } = useTranslation('kafka')
  const { profiles, active } = useProfiles()
  const [draft, setDraft] = useState(first)
  const [secrets, setSecrets] = useState({ password: '', keyPassphrase: '' })
  const [tried, setTried] = useState(false)
  const [deleting, setDeleting] = useState(false)
  const { leave, dialog } = useLeaveCluster()
  const place = saved?.id ?? 'new'
  const run = useDoctorRun(place)
  const others = profiles.filter((each) => each.id !== saved?.id)
  const checked = checkProfile(
    draft,
    others.map((each) => each.id),
  )
  const wrong = tried && 'wrong' in checked ? checked.wrong : undefined
  const locked = saved?.id === FROM_ENVIRONMENT
  const inUse = saved !== undefined && saved.id === active
  const failed = failedStep(run)

  const examine = () => {
    setTried(true)
    if ('profile' in checked) startDoctor(place, checked.profile, secrets.password || undefined)
  }
  const save = async (use: boolean) => {
    setTried(true)
    if ('wrong' in checked) return
    const { profile } = checked
    const kept = profiles.filter((each) => each.id !== FROM_ENVIRONMENT)
    const next = kept.some((each) => each.id === profile.id)
      ? kept.map((each) => (each.id === profile.id ? profile : each))
      : [...kept, profile]
    const done = await act('profile', async () => {
      const { password, keyPassphrase } = secrets
      if (password !== '' || keyPassphrase !== '')
        await session.call('kafka.secret.set', {
          profile: profile.id,
          ...(password === '' ? {} : { password }),
          ...(keyPassphrase === '' ? {} : { keyPassphrase }),
        })
      await saveSettings({ kafka: { profiles: next, ...(use ? { active: profile.id } : {}) } })
    })
    if (!done) return
    setSecrets({ password: '', keyPassphrase: '' })
    if (use) openKafka('overview')
    else {
      showToast({ id: 'profile', tone: 'done', title: t('connect.saved', { name: profile.name }) })
      onSaved(profile.id)
    }
  }
  const saveAsked = (use: boolean) => {
    const stopsSending = use ? !inUse || draft.readOnly : inUse && draft.readOnly
    if (stopsSending) leave(() => save(use))
    else void save(use)
  }
  const remove = async () => {
    await saveSettings({
      kafka: {
        profiles: others.filter((each) => each.id !== FROM_ENVIRONMENT),
        ...(inUse ? { active: null } : {}),
      },
    })
    onGone()
  }
  return (
    <>
      <Panel
        label={saved?.name ?? t('connect.new')}
        head={<PanelTitle>{saved?.name ?? t('connect.new')}</PanelTitle>}
        actions={
          saved && (
            <IconButton
              size="small"
              label={t('connect.copy')}
              icon={<Copy {...SMALL_ICON} />}
              onClick={() => onCopy({ ...draft, id: '', name: t('connect.copyOf', { name: draft.name }) })}
            />
          )
        }
      >
        <ProfileForm
          draft={draft}
          wrong={wrong}
          locked={locked}
          notes={notes}
          profile={saved?.id}
          secrets={secrets}
          onSecrets={setSecrets}
          onChange={setDraft}
        />
        <footer className={styles['foot']}>
          {saved && !locked && (
            <Button kind="risky" className={styles['delete']} onClick={() => setDeleting(true)}>
              {t('connect.delete')}
            </Button>
          )}
          <span className={shared['space']} />
          <BlockableButton block={locked ? t('connect.locked') : undefined} onClick={() => saveAsked(false)}>
            {t('save')}
          </BlockableButton>
          <BlockableButton
            kind={failed === undefined ? 'primary' : 'secondary'}
            block={locked ? t('connect.locked') : active === FROM_ENVIRONMENT ? t('fromEnvironment') : undefined}
            onClick={() => saveAsked(true)}
          >
            {t(inUse ? 'connect.saveInUse' : failed === undefined ? 'connect.use' : 'connect.useAnyway')}
          </BlockableButton>
        </footer>
      </Panel>
      <Doctor
        run={run}
        place={place}
        name={draft.name}
        readOnly={draft.readOnly}
        block={tried && 'wrong' in checked ? t('connect.fieldsWrong') : undefined}
        onRun={examine}
      />
      {dialog}
      {deleting && saved && (
        <ConfirmDialog
          title={t('connect.deleteTitle', { name: saved.name })}
          label={t('connect.deleteNow')}
          onConfirm={remove}
          onClose={() => setDeleting(false)}
        >
          <p>{t(inUse ? 'connect.deleteUsed' : 'connect.deleteText')}</p>
        </ConfirmDialog>
      )}
    </>
  )
}
