import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConsumerView } from '../../../../shared/kafka-view.ts'
import { session } from '../../../bridge/session.ts'
import { Field } from '../../../ui/Field.tsx'
import { Segmented } from '../../../ui/Segmented.tsx'
import { Select } from '../../../ui/Select.tsx'
import { ConfirmDialog } from '../parts/ConfirmDialog.tsx'

export interface StopMemberDialogProps {
  readonly consumer: ConsumerView
  readonly members: ConsumerView['members']
  readonly onClose: () => void
}

/** Stops one member: in order, or without a word, as a crash would. */
export function StopMemberDialog({ consumer, members, onClose }: StopMemberDialogProps) {
  const { t } = useTranslation('kafka')
  const id = useId()
  const [member, setMember] = useState(members[0]?.id ?? '')
  const [action, setAction] = useState<'remove' | 'kill'>('kill')
  return (
    <ConfirmDialog
      title={t('stop.title', { name: consumer.name })}
      label={t(`stop.run.${action}`)}
      onConfirm={async () => session.call('consumers.member', { name: consumer.name, action, member })}
      onClose={onClose}
    >
      <Field label={t('stop.member')} htmlFor={id}>
        <Select
          id={id}
          value={member}
          options={members.map((each) => ({
            value: each.id,
            label: `${each.id} · ${t('stop.reads', { count: each.assigned.length })}`,
          }))}
          onChange={setMember}
        />
      </Field>
      <Field label={t('stop.how')}>
        <Segmented
          stretch
          label={t('stop.how')}
          value={action}
          options={[
            { value: 'kill', label: t('stop.kill') },
            { value: 'remove', label: t('stop.remove') },
          ]}
          onChange={setAction}
        />
      </Field>
      <p>{t(`stop.text.${action}`)}</p>
    </ConfirmDialog>
  )
}
