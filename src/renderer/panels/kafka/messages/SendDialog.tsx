import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageRow } from '../../../../shared/kafka-view.ts'
import { session } from '../../../bridge/session.ts'
import { Button } from '../../../ui/Button.tsx'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field } from '../../../ui/Field.tsx'
import { Input } from '../../../ui/Input.tsx'
import { showToast } from '../../../ui/toasts.ts'
import { act } from '../parts/act.ts'
import shared from '../parts/parts.module.css'
import { formatWhole } from '../parts/whole.ts'
import { parseHeaders, toHeaderLines } from './header-lines.ts'
import styles from './Messages.module.css'
import { prettyJson } from './record-text.ts'

const PARTITION = /^\d{1,5}$/

export interface SendDialogProps {
  readonly topic: string
  /** A record to send again, edited. Absent: a new one. */
  readonly from?: MessageRow
  readonly onClose: () => void
}

/** Sends one record: a new one, or another one edited, which is then marked by a header. */
export function SendDialog({ topic: first, from, onClose }: SendDialogProps) {
  const { t } = useTranslation(['kafka', 'shell'])
  const id = useId()
  const [topic, setTopic] = useState(first)
  const [partition, setPartition] = useState('')
  const [key, setKey] = useState(from?.key ?? '')
  const [value, setValue] = useState(from?.value ? (prettyJson(from.value) ?? from.value) : '')
  const [empty, setEmpty] = useState(from?.value === null)
  const [headers, setHeaders] = useState(() =>
    toHeaderLines(from ? { ...from.headers, 'resent-from': `${from.topic}/${from.partition}/${from.offset}` } : {}),
  )
  const [running, setRunning] = useState(false)
  const parsed = parseHeaders(headers)
  const wrongPartition = partition !== '' && !PARTITION.test(partition)
  const send = async () => {
    if (!parsed) return
    setRunning(true)
    const done = await act('send', async () => {
      const sent = await session.call('messages.send', {
        topic: topic.trim(),
        partition: partition === '' ? null : Number(partition),
        key: key === '' ? null : key,
        value: empty ? null : value,
        headers: parsed,
      })
      showToast({
        id: 'send',
        tone: 'done',
        title: t('kafka:send.done', { topic, partition: sent.partition, offset: formatWhole(sent.offset) }),
      })
    })
    setRunning(false)
    if (done) onClose()
  }
  return (
    <Dialog
      width={640}
      title={t(from ? 'kafka:send.again' : 'kafka:send.title')}
      onClose={onClose}
      footer={
        <>
          <span className={shared['space']} />
          <Button onClick={onClose}>{t('shell:cancel')}</Button>
          <Button
            kind="primary"
            disabled={running || topic.trim() === '' || !parsed || wrongPartition}
            onClick={() => void send()}
          >
            {t('kafka:send.run')}
          </Button>
        </>
      }
    >
      <div className={shared['form']}>
        <div className={shared['pair']}>
          <Field label={t('kafka:topics.topic')} htmlFor={`${id}-topic`}>
            <Input id={`${id}-topic`} value={topic} onChange={(event) => setTopic(event.target.value)} />
          </Field>
          <Field
            label={t('kafka:partition')}
            htmlFor={`${id}-partition`}
            help={t('kafka:send.partitionHelp')}
            error={wrongPartition ? t('kafka:topics.countWrong') : undefined}
          >
            <Input
              id={`${id}-partition`}
              inputMode="numeric"
              value={partition}
              invalid={wrongPartition}
              onChange={(event) => setPartition(event.target.value)}
            />
          </Field>
        </div>
        <Field label={t('kafka:messages.key')} htmlFor={`${id}-key`} help={t('kafka:send.keyHelp')}>
          <Input id={`${id}-key`} value={key} onChange={(event) => setKey(event.target.value)} />
        </Field>
        <Field label={t('kafka:messages.value')} htmlFor={`${id}-value`}>
          <textarea
            id={`${id}-value`}
            className={styles['area']}
            spellCheck={false}
            disabled={empty}
            value={value}
            onChange={(event) => setValue(event.target.value)}
          />
        </Field>
        <Checkbox label={t('kafka:send.null')} checked={empty} onChange={setEmpty} />
        <Field
          label={t('kafka:messages.headers')}
          htmlFor={`${id}-headers`}
          help={t('kafka:send.headersHelp')}
          error={parsed ? undefined : t('kafka:send.headersWrong')}
        >
          <textarea
            id={`${id}-headers`}
            className={styles['area']}
            style={{ minHeight: 70 }}
            spellCheck={false}
            value={headers}
            onChange={(event) => setHeaders(event.target.value)}
          />
        </Field>
      </div>
    </Dialog>
  )
}
