import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toFault } from '../../../../shared/faults.ts'
import { session } from '../../../bridge/session.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { faultLine } from '../../../ui/fault-text.ts'
import { Field, FieldError } from '../../../ui/Field.tsx'
import { Input } from '../../../ui/Input.tsx'
import { showToast } from '../../../ui/toasts.ts'
import { openKafka } from '../kafka-view.ts'
import shared from '../parts/parts.module.css'
import type { ConfigDraft } from './ConfigFields.tsx'
import { ConfigFields, toConfigs } from './ConfigFields.tsx'

const NAME = /^[\w.-]{1,249}$/
const COUNT = /^[1-9]\d{0,4}$/

/** Makes a topic, and opens it. */
export function CreateTopicDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['kafka', 'shell'])
  const id = useId()
  const [name, setName] = useState('')
  const [partitions, setPartitions] = useState('3')
  const [replication, setReplication] = useState('')
  const [configs, setConfigs] = useState<ConfigDraft>({ 'retention.ms': '', 'cleanup.policy': '' })
  const [running, setRunning] = useState(false)
  const [refusal, setRefusal] = useState<string>()
  const wrong = {
    name: name !== '' && !NAME.test(name),
    partitions: !COUNT.test(partitions),
    replication: replication !== '' && !COUNT.test(replication),
  }
  const blocked = !NAME.test(name) || wrong.partitions || wrong.replication || running
  const create = async () => {
    setRunning(true)
    try {
      await session.call('topics.create', {
        name,
        partitions: Number(partitions),
        replication: replication === '' ? null : Number(replication),
        configs: toConfigs(configs),
      })
      onClose()
      openKafka('topics', { topic: name })
      showToast({ id: 'topic', tone: 'done', title: t('kafka:topics.created', { name }) })
    } catch (error) {
      setRefusal(faultLine(toFault(error)))
      setRunning(false)
    }
  }
  return (
    <Dialog
      width={520}
      title={t('kafka:topics.create')}
      onClose={onClose}
      footer={
        <>
          <span className={shared['space']} />
          <Button onClick={onClose}>{t('shell:cancel')}</Button>
          <Button kind="primary" disabled={blocked} onClick={() => void create()}>
            {t('kafka:topics.createNow')}
          </Button>
        </>
      }
    >
      <div className={shared['form']}>
        <Field
          label={t('kafka:topics.name')}
          htmlFor={`${id}-name`}
          help={t('kafka:topics.nameHelp')}
          error={wrong.name ? t('kafka:topics.nameWrong') : undefined}
        >
          <Input
            id={`${id}-name`}
            data-first-focus
            value={name}
            invalid={wrong.name}
            onChange={(event) => setName(event.target.value)}
          />
        </Field>
        <div className={shared['pair']}>
          <Field
            label={t('kafka:topics.partitions')}
            htmlFor={`${id}-partitions`}
            error={wrong.partitions ? t('kafka:topics.countWrong') : undefined}
          >
            <Input
              id={`${id}-partitions`}
              inputMode="numeric"
              value={partitions}
              invalid={wrong.partitions}
              onChange={(event) => setPartitions(event.target.value)}
            />
          </Field>
          <Field
            label={t('kafka:topics.replication')}
            htmlFor={`${id}-replication`}
            help={t('kafka:topics.replicationHelp')}
            error={wrong.replication ? t('kafka:topics.countWrong') : undefined}
          >
            <Input
              id={`${id}-replication`}
              inputMode="numeric"
              value={replication}
              invalid={wrong.replication}
              onChange={(event) => setReplication(event.target.value)}
            />
          </Field>
        </div>
        <ConfigFields configs={configs} onChange={setConfigs} />
        {refusal && <FieldError id={`${id}-refusal`} text={refusal} />}
      </div>
    </Dialog>
  )
}
