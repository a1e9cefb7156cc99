import { ArrowLeft, Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClusterProfile } from '../../../../shared/kafka-settings.ts'
import { saveSettings } from '../../../bridge/settings-store.ts'
import { Button } from '../../../ui/Button.tsx'
import { EmptyBlock } from '../../../ui/EmptyBlock.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { BLOCK_ICON, ICON, SMALL_ICON } from '../../../ui/icons.ts'
import { Panel, PanelTitle } from '../../../ui/Panel.tsx'
import { Database } from 'lucide-react'
import { openKafka } from '../kafka-view.ts'
import { StartCluster } from '../NoCluster.tsx'
import { FROM_ENVIRONMENT, useProfiles } from '../use-profiles.ts'
import { act } from '../parts/act.ts'
import { BlockableButton } from '../parts/BlockableButton.tsx'
import { useLeaveCluster } from '../parts/LeaveCluster.tsx'
import styles from './Connect.module.css'
import { ImportDialog } from './ImportDialog.tsx'
import { ProfileEditor } from './ProfileEditor.tsx'
import { ProfileList } from './ProfileList.tsx'
import type { ProfileDraft } from './profile-draft.ts'
import { NEW_PROFILE, toProfileDraft } from './profile-draft.ts'

/** What the middle shows: a profile by id, a new one, or the built-in log. */
type Chosen =
  | { readonly kind: 'builtIn' }
  | { readonly kind: 'profile'; readonly id: string }
  | { readonly kind: 'new'; readonly number: number; readonly draft: ProfileDraft; readonly notes: readonly string[] }

/** The clusters that can be used: their profiles, one of them to edit, and the doctor that tries it. */
export function ConnectView() {
  const { t } = useTranslation('kafka')
  const { profiles, active } = useProfiles()
  const [importing, setImporting] = useState(false)
  const [chosen, setChosen] = useState<Chosen>(() => {
    const id = active ?? profiles[0]?.id
    return id === undefined ? { kind: 'new', number: 0, draft: NEW_PROFILE, notes: [] } : { kind: 'profile', id }
  })
  const profile = chosen.kind === 'profile' ? profiles.find((each) => each.id === chosen.id) : undefined
  const addNew = (draft: ProfileDraft, notes: readonly string[] = []) =>
    setChosen((before) => ({ kind: 'new', number: before.kind === 'new' ? before.number + 1 : 0, draft, notes }))
  return (
    <div className={styles['page']}>
      <header className={styles['head']}>
        <IconButton label={t('connect.back')} icon={<ArrowLeft {...ICON} />} onClick={() => openKafka('overview')} />
        <h2>{t('connect.title')}</h2>
        <span className={styles['about']}>{t('connect.about')}</span>
        <span className={styles['space']} />
        <Button icon={<Download {...SMALL_ICON} />} onClick={() => setImporting(true)}>
          {t('connect.import')}
        </Button>
      </header>
      <div className={styles['columns']}>
        <ProfileList
          profiles={profiles}
          selected={chosen.kind === 'profile' ? chosen.id : chosen.kind === 'new' ? 'new' : undefined}
          isNew={chosen.kind === 'new'}
          onSelect={(id) => setChosen(id === undefined ? { kind: 'builtIn' } : { kind: 'profile', id })}
          onAdd={() => addNew(NEW_PROFILE)}
        />
        {chosen.kind === 'builtIn' && <BuiltIn active={active} />}
        {chosen.kind === 'new' && (
          <ProfileEditor
            key={`new ${chosen.number}`}
            saved={undefined}
            first={chosen.draft}
            notes={chosen.notes}
            onSaved={(id) => setChosen({ kind: 'profile', id })}
            onCopy={addNew}
            onGone={() => setChosen({ kind: 'builtIn' })}
          />
        )}
        {profile && (
          <ProfileEditor
            key={profile.id}
            saved={profile}
            first={toProfileDraft(profile)}
            notes={[]}
            onSaved={(id) => setChosen({ kind: 'profile', id })}
            onCopy={addNew}
            onGone={() => setChosen({ kind: 'builtIn' })}
          />
        )}
      </div>
      {importing && (
        <ImportDialog
          onClose={() => setImporting(false)}
          onImported={(found: ClusterProfile, notes) => {
            addNew({ ...toProfileDraft(found), id: '' }, notes)
            setImporting(false)
          }}
        />
      )}
    </div>
  )
}

function BuiltIn({ active }: { readonly active: string | null }) {
  const inUse = active === null
  const { t } = useTranslation('kafka')
  const { leave, dialog } = useLeaveCluster()
  return (
    <Panel label={t('builtIn')} className={styles['wide']} head={<PanelTitle>{t('builtIn')}</PanelTitle>}>
      <div className={styles['builtIn']}>
        <EmptyBlock
          icon={<Database {...BLOCK_ICON} />}
          title={t(inUse ? 'connect.builtInUsed' : 'connect.builtInTitle')}
          text={t('connect.builtInText')}
          actions={
            inUse ? undefined : (
              <BlockableButton
                kind="primary"
                block={active === FROM_ENVIRONMENT ? t('fromEnvironment') : undefined}
                onClick={() =>
                  leave(async () => {
                    await act('kafka-active', () => saveSettings({ kafka: { active: null } }))
                  })
                }
              >
                {t('connect.useBuiltIn')}
              </BlockableButton>
            )
          }
        />
        <StartCluster />
        {dialog}
      </div>
    </Panel>
  )
}
