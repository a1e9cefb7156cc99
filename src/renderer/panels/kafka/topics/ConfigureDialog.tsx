import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { session } from '../../../bridge/session.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { showToast } from '../../../ui/toasts.ts'
import { act } from '../parts/act.ts'
import shared from '../parts/parts.module.css'
import type { ConfigDraft } from './ConfigFields.tsx'
import { ConfigFields } from './ConfigFields.tsx'
import type { ConfigRow } from './ConfigTable.tsx'

const OFTEN = ['retention.ms', 'cleanup.policy', 'compression.type', 'min.insync.replicas', 'max.message.bytes']

export interface ConfigureDialogProps {
  readonly topic: string
  readonly configs: readonly ConfigRow[]
  readonly onDone: () => void
  readonly onClose: () => void
}

/** Changes settings of a topic: those that were edited are sent, no others. */
export function ConfigureDialog({ topic, configs, onDone, onClose }: ConfigureDialogProps) {
  const { t } = useTranslation(['kafka', 'shell'])
  const [before] = useState<ConfigDraft>(() =>
    Object.fromEntries(
      configs
        .filter((row) => !row.readOnly && (row.source === 'topic' || OFTEN.includes(row.name)))
        .map((row) => [row.name, row.value]),
    ),
  )
  const [draft, setDraft] = useState(before)
  const [running, setRunning] = useState(false)
  const changed = Object.entries(draft).filter(([name, value]) => value.trim() !== '' && value !== before[name])
  const save = async () => {
    setRunning(true)
    const done = await act('topic', async () => {
      await session.call('topics.configure', { topic, configs: Object.fromEntries(changed) })
    })
    setRunning(false)
    if (!done) return
    onDone()
    onClose()
    showToast({
      id: 'topic',
      tone: 'done',
      title: t('kafka:topics.configured', { count: changed.length, name: topic }),
    })
  }
  return (
    <Dialog
      width={560}
      title={t('kafka:topics.configureTitle', { name: topic })}
      onClose={onClose}
      footer={
        <>
          <span className={shared['space']} />
          <Button onClick={onClose}>{t('shell:cancel')}</Button>
          <Button kind="primary" disabled={changed.length === 0 || running} onClick={() => void save()}>
            {t('kafka:topics.save', { count: changed.length })}
          </Button>
        </>
      }
    >
      <div className={shared['form']}>
        <ConfigFields configs={draft} onChange={setDraft} />
      </div>
    </Dialog>
  )
}
