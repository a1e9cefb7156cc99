import { TriangleAlert } from 'lucide-react'
import { useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GroupDetail } from '../../../../shared/kafka-view.ts'
import { MINUTE } from '../../../../shared/market.ts'
import { session } from '../../../bridge/session.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field } from '../../../ui/Field.tsx'
import { SMALL_ICON } from '../../../ui/icons.ts'
import { Input } from '../../../ui/Input.tsx'
import { Segmented } from '../../../ui/Segmented.tsx'
import { Select } from '../../../ui/Select.tsx'
import { showFault } from '../../../ui/show-fault.ts'
import { showToast } from '../../../ui/toasts.ts'
import { useFormat } from '../../../ui/use-format.ts'
import { useNow } from '../../../ui/use-now.ts'
import { FaultBlock } from '../parts/FaultBlock.tsx'
import { act } from '../parts/act.ts'
import shared from '../parts/parts.module.css'
import { useAnswer } from '../parts/use-answer.ts'
import styles from './Groups.module.css'
import { PlanTable } from './PlanTable.tsx'
import type { ResetDraft } from './reset-draft.ts'
import { RESET_WAYS, toTarget } from './reset-draft.ts'

const ALL = '*'

/** Moves a group's offsets: first what would change, now → then per partition; then the change, with a way back. */
export function ResetDialog({ detail, onClose }: { readonly detail: GroupDetail; readonly onClose: () => void }) {
  const { t } = useTranslation(['kafka', 'shell'])
  const format = useFormat()
  const now = useNow()
  const id = useId()
  const [draft, setDraft] = useState<ResetDraft>(() => ({
    way: 'latest',
    time: format.dateTime(Date.now() - 10 * MINUTE),
    by: '-1000',
  }))
  const [topic, setTopic] = useState(ALL)
  const [running, setRunning] = useState(false)
  const { group } = detail
  const topics = useMemo(() => [...new Set(detail.partitions.map((row) => row.topic))], [detail.partitions])
  const to = toTarget(draft, format.zone)
  const chosen = topic === ALL ? topics : [topic]
  const key = to === undefined || chosen.length === 0 ? undefined : JSON.stringify({ group, topics: chosen, to })
  const plan = useAnswer(key, () => session.call('offsets.plan', { group, topics: chosen, to: to ?? 'latest' }))
  const members = detail.members ?? 0

  const reset = async () => {
    if (!plan.value) return
    setRunning(true)
    try {
      const { undo } = await session.call('offsets.reset', { id: plan.value.id })
      onClose()
      tellDone(undo)
    } catch (error) {
      showFault('offsets', error)
      setRunning(false)
    }
  }
  const tellDone = (undo: string) =>
    showToast({
      id: 'offsets',
      tone: 'done',
      title: t('kafka:reset.done', { group }),
      action: {
        label: t('kafka:reset.undo'),
        run: () =>
          void act('offsets', async () => {
            await session.call('offsets.undo', { id: undo })
            showToast({ id: 'offsets', tone: 'done', title: t('kafka:reset.undone', { group }) })
          }),
      },
    })
  return (
    <Dialog
      width={640}
      title={t('kafka:reset.title', { group })}
      onClose={onClose}
      footer={
        <>
          {members > 0 && (
            <span className={shared['state']}>
              <TriangleAlert {...SMALL_ICON} className={shared['warn']} />
              {t('kafka:reset.active', { count: members })}
            </span>
          )}
          <span className={shared['space']} />
          <Button onClick={onClose}>{t('shell:cancel')}</Button>
          <Button
            kind="risky"
            disabled={!plan.value || plan.asking || running || members > 0}
            onClick={() => void reset()}
          >
            {t('kafka:reset.run', { count: plan.value?.rows.length ?? 0 })}
          </Button>
        </>
      }
    >
      <div className={shared['form']}>
        <Field label={t('kafka:reset.to')}>
          <div className={styles['when']}>
            <Segmented
              label={t('kafka:reset.to')}
              value={draft.way}
              options={RESET_WAYS.map((value) => ({ value, label: t(`kafka:reset.ways.${value}`) }))}
              onChange={(way) => setDraft({ ...draft, way })}
            />
            {draft.way === 'at' && (
              <Input
                aria-label={t('kafka:reset.time', { zone: format.zoneName(now) })}
                value={draft.time}
                invalid={to === undefined}
                onChange={(event) => setDraft({ ...draft, time: event.target.value })}
              />
            )}
            {draft.way === 'by' && (
              <Input
                aria-label={t('kafka:reset.by')}
                value={draft.by}
                invalid={to === undefined}
                onChange={(event) => setDraft({ ...draft, by: event.target.value })}
              />
            )}
          </div>
          <span className={shared['mini']}>{t(`kafka:reset.help.${draft.way}`, { zone: format.zoneName(now) })}</span>
        </Field>
        <Field label={t('kafka:topics.topic')} htmlFor={id}>
          <Select
            id={id}
            value={topic}
            options={[
              { value: ALL, label: t('kafka:reset.allTopics', { count: topics.length }) },
              ...topics.map((value) => ({ value, label: value })),
            ]}
            onChange={setTopic}
          />
        </Field>
        <div className={styles['plan']}>
          {plan.fault ? (
            <FaultBlock fault={plan.fault} onRetry={plan.again} />
          ) : (
            <PlanTable rows={plan.value?.rows ?? []} />
          )}
        </div>
      </div>
    </Dialog>
  )
}
