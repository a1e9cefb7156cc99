import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { session } from '../../../bridge/session.ts'
import { Field } from '../../../ui/Field.tsx'
import { Input } from '../../../ui/Input.tsx'
import { showToast } from '../../../ui/toasts.ts'
import { kafkaView } from '../kafka-view.ts'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'

export interface DeleteTopicDialogProps {
  readonly topic: string
  readonly onDone: () => void
  readonly onClose: () => void
}

/** Deletes a topic once its name has been typed. */
export function DeleteTopicDialog({ topic, onDone, onClose }: DeleteTopicDialogProps) {
  const { t } = useTranslation('kafka')
  const id = useId()
  const [typed, setTyped] = useState('')
  const remove = async () => {
    await session.call('topics.delete', { topic, confirm: typed })
    kafkaView.setState({ tab: 'topics' }, true)
    onDone()
    showToast({ id: 'topic', tone: 'done', title: t('topics.deleted', { name: topic }) })
  }
  return (
    <ConfirmDialog
      title={t('topics.deleteTitle')}
      label={t('topics.deleteNow')}
      blocked={typed !== topic}
      onConfirm={remove}
      onClose={onClose}
    >
      <p>{t('topics.deleteText', { name: topic })}</p>
      <Field label={t('topics.typeName')} htmlFor={id}>
        <Input
          id={id}
          data-first-focus
          value={typed}
          placeholder={topic}
          onChange={(event) => setTyped(event.target.value)}
        />
      </Field>
    </ConfirmDialog>
  )
}
