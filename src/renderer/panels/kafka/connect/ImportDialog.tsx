import { FileText } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toFault } from '../../../../shared/faults.ts'
import type { ClusterProfile } from '../../../../shared/kafka-settings.ts'
import { session } from '../../../bridge/session.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { faultLine } from '../../../ui/fault-text.ts'
import { Field } from '../../../ui/Field.tsx'
import { SMALL_ICON } from '../../../ui/icons.ts'
import shared from '../parts/parts.module.css'
import styles from './Connect.module.css'

const MOST = 100_000

export interface ImportDialogProps {
  readonly onImported: (profile: ClusterProfile, notes: readonly string[]) => void
  readonly onClose: () => void
}

/** Takes over an older kafka_config.yaml, chosen or pasted. The profile is shown before it is saved. */
export function ImportDialog({ onImported, onClose }: ImportDialogProps) {
  const { t } = useTranslation(['kafka', 'shell'])
  const id = useId()
  const file = useRef<HTMLInputElement>(null)
  const [yaml, setYaml] = useState('')
  const [refusal, setRefusal] = useState<string>()
  const take = async () => {
    try {
      const { profile, notes } = await session.call('kafka.import', { yaml })
      onImported(profile, notes)
    } catch (error) {
      setRefusal(faultLine(toFault(error)))
    }
  }
  const read = async (chosen: File | undefined) => {
    if (!chosen) return
    setRefusal(undefined)
    setYaml((await chosen.text()).slice(0, MOST))
  }
  return (
    <Dialog
      width={600}
      title={t('kafka:connect.import')}
      onClose={onClose}
      footer={
        <>
          <span className={shared['space']} />
          <Button onClick={onClose}>{t('shell:cancel')}</Button>
          <Button kind="primary" disabled={yaml.trim() === ''} onClick={() => void take()}>
            {t('kafka:connect.importNow')}
          </Button>
        </>
      }
    >
      <div className={shared['form']}>
        <p>{t('kafka:connect.importText')}</p>
        <span>
          <Button icon={<FileText {...SMALL_ICON} />} onClick={() => file.current?.click()}>
            {t('kafka:connect.chooseFile')}
          </Button>
          <input
            ref={file}
            type="file"
            hidden
            accept=".yaml,.yml,text/yaml"
            aria-label={t('kafka:connect.chooseFile')}
            onChange={(event) => void read(event.target.files?.[0])}
          />
        </span>
        <Field label="kafka_config.yaml" htmlFor={id} error={refusal}>
          <textarea
            id={id}
            className={styles['yaml']}
            spellCheck={false}
            maxLength={MOST}
            value={yaml}
            onChange={(event) => setYaml(event.target.value)}
          />
        </Field>
      </div>
    </Dialog>
  )
}
