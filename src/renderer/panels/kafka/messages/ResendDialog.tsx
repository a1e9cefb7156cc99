import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { session } from '../../../bridge/session.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field } from '../../../ui/Field.tsx'
import { formatBytes } from '../../../ui/format.ts'
import { Input } from '../../../ui/Input.tsx'
import { showToast } from '../../../ui/toasts.ts'
import { useFormat } from '../../../ui/use-format.ts'
import { act } from '../parts/act.ts'
import { FaultBlock } from '../parts/FaultBlock.tsx'
import shared from '../parts/parts.module.css'
import { useAnswer } from '../parts/use-answer.ts'
import { placeOf } from './record-text.ts'
import { markRows, scanStore } from './scan.ts'

const RATE = /^[1-9]\d{0,5}$/
/** Sending takes its time: so long a job may last. */
const LONGEST = 3_600_000

/** Sends the marked records again as they are, at a rate. What it would do is said first: a dry run. */
export function ResendDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation(['kafka', 'shell'])
  const format = useFormat()
  const id = useId()
  const [rows] = useState(() => {
    const { tail, marked } = scanStore.getState()
    return tail.rows.filter((row) => marked.has(placeOf(row)))
  })
  const [to, setTo] = useState(rows[0]?.topic ?? '')
  const [rate, setRate] = useState('100')
  const [running, setRunning] = useState(false)
  const wrong = !RATE.test(rate) || Number(rate) > 100_000
  const from = rows.map(({ topic, partition, offset }) => ({ topic, partition, offset }))
  const ready = !wrong && to.trim() !== ''
  const dry = useAnswer(ready ? to : undefined, () =>
    session.call('messages.resend', { from, to: to.trim(), perSecond: Number(rate), dryRun: true }),
  )
  const send = async () => {
    setRunning(true)
    const done = await act('resend', async () => {
      const sent = await session.call(
        'messages.resend',
        { from, to: to.trim(), perSecond: Number(rate), dryRun: false },
        LONGEST,
      )
      markRows(rows.map(placeOf), false)
      showToast({ id: 'resend', tone: 'done', title: t('kafka:resend.done', { count: sent.records, topic: to }) })
    })
    setRunning(false)
    if (done) onClose()
  }
  return (
    <Dialog
      width={520}
      title={t('kafka:resend.title', { count: rows.length })}
      onClose={onClose}
      footer={
        <>
          <span className={shared['space']} />
          <Button onClick={onClose}>{t('shell:cancel')}</Button>
          <Button kind="primary" disabled={!ready || running || !dry.value} onClick={() => void send()}>
            {t('kafka:resend.run', { count: dry.value?.records ?? rows.length })}
          </Button>
        </>
      }
    >
      <div className={shared['form']}>
        <Field label={t('kafka:resend.to')} htmlFor={`${id}-to`}>
          <Input id={`${id}-to`} value={to} onChange={(event) => setTo(event.target.value)} />
        </Field>
        <Field
          label={t('kafka:resend.rate')}
          htmlFor={`${id}-rate`}
          error={wrong ? t('kafka:resend.rateWrong') : undefined}
        >
          <Input
            id={`${id}-rate`}
            inputMode="numeric"
            value={rate}
            invalid={wrong}
            onChange={(event) => setRate(event.target.value)}
          />
        </Field>
        {dry.fault ? (
          <FaultBlock fault={dry.fault} onRetry={dry.again} />
        ) : (
          <p role="status">
            {dry.value
              ? t('kafka:resend.dry', {
                  count: dry.value.records,
                  bytes: formatBytes(dry.value.bytes),
                  length: format.duration((dry.value.records / Number(rate || 1)) * 1_000),
                })
              : t('kafka:resend.checking')}
          </p>
        )}
        <p className={shared['mini']}>{t('kafka:resend.marked')}</p>
      </div>
    </Dialog>
  )
}
