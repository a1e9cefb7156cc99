import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConsumerSpec } from '../../../../shared/kafka-settings.ts'
import { saveSettings, useSettings } from '../../../bridge/settings-store.ts'
import { Button } from '../../../ui/Button.tsx'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field } from '../../../ui/Field.tsx'
import { Input } from '../../../ui/Input.tsx'
import { Segmented } from '../../../ui/Segmented.tsx'
import { Select } from '../../../ui/Select.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import { useNow } from '../../../ui/use-now.ts'
import { openKafka } from '../kafka-view.ts'
import { act } from '../parts/act.ts'
import shared from '../parts/parts.module.css'
import type { ConsumerDraft, ConsumerField } from './consumer-draft.ts'
import { checkConsumer, START_WAYS, toConsumerDraft } from './consumer-draft.ts'

const BUSES = ['kafka', 'journal'] as const
const SINKS = ['store', 'csv', 'none'] as const

/** Adds a consumer, or changes the one named. */
export function ConsumerDialog({ name, onClose }: { readonly name: string | undefined; readonly onClose: () => void }) {
  const { t } = useTranslation(['kafka', 'shell'])
  const format = useFormat()
  const now = useNow()
  const id = useId()
  const { consumers } = useSettings().kafka
  const [before] = useState(() => consumers.find((each) => each.name === name))
  const [draft, setDraft] = useState(() => toConsumerDraft(before, format.zone))
  const [tried, setTried] = useState(false)
  const checked = checkConsumer(draft, format.zone)
  const taken = consumers.some((each) => each !== before && each.name === draft.name.trim())
  const wrong = (field: ConsumerField) => tried && 'wrong' in checked && checked.wrong.has(field)
  const set = (change: Partial<ConsumerDraft>) => setDraft({ ...draft, ...change })
  const store = async (next: readonly ConsumerSpec[]) => {
    const done = await act('consumer', () => saveSettings({ kafka: { consumers: [...next] } }))
    if (done) onClose()
  }
  const save = async () => {
    setTried(true)
    if ('wrong' in checked || taken) return
    const { spec } = checked
    await store(before ? consumers.map((each) => (each === before ? spec : each)) : [...consumers, spec])
    openKafka('consumers', { consumer: spec.name })
  }
  const text = (field: 'name' | 'topics' | 'group' | 'members', help?: string) => (
    <Field
      label={t(`kafka:consumers.field.${field}`)}
      htmlFor={`${id}-${field}`}
      help={help}
      error={
        field === 'name' && taken
          ? t('kafka:consumers.taken')
          : wrong(field)
            ? t(`kafka:consumers.wrong.${field}`)
            : undefined
      }
    >
      <Input
        id={`${id}-${field}`}
        value={draft[field]}
        invalid={wrong(field) || (field === 'name' && taken)}
        disabled={field === 'members' && draft.bus === 'journal'}
        onChange={(event) => set({ [field]: event.target.value })}
      />
    </Field>
  )
  return (
    <Dialog
      width={560}
      title={before ? t('kafka:consumers.editTitle', { name: before.name }) : t('kafka:consumers.addTitle')}
      onClose={onClose}
      footer={
        <>
          {before && (
            <Button kind="risky" onClick={() => void store(consumers.filter((each) => each !== before))}>
              {t('kafka:consumers.remove')}
            </Button>
          )}
          <span className={shared['space']} />
          <Button onClick={onClose}>{t('shell:cancel')}</Button>
          <Button kind="primary" onClick={() => void save()}>
            {t('kafka:save')}
          </Button>
        </>
      }
    >
      <div className={shared['form']}>
        <div className={shared['pair']}>
          {text('name')}
          {text('group', t('kafka:consumers.groupHelp'))}
        </div>
        {text('topics', t('kafka:consumers.topicsHelp'))}
        <div className={shared['pair']}>
          <Field label={t('kafka:consumers.field.bus')}>
            <Segmented
              stretch
              size="large"
              label={t('kafka:consumers.field.bus')}
              value={draft.bus}
              options={BUSES.map((value) => ({ value, label: t(`kafka:consumers.bus.${value}`) }))}
              onChange={(bus) => set({ bus })}
            />
          </Field>
          {text('members')}
        </div>
        <div className={shared['pair']}>
          <Field
            label={t('kafka:consumers.field.start')}
            htmlFor={`${id}-start`}
            help={t('kafka:consumers.startHelp')}
            error={wrong('start') ? t('kafka:consumers.wrong.start') : undefined}
          >
            <Select
              id={`${id}-start`}
              value={draft.way}
              options={START_WAYS.map((value) => ({ value, label: t(`kafka:consumers.start.${value}`) }))}
              onChange={(way) => set({ way })}
            />
            {draft.way === 'at' && (
              <Input
                aria-label={t('kafka:reset.time', { zone: format.zoneName(now) })}
                value={draft.time}
                invalid={wrong('start')}
                onChange={(event) => set({ time: event.target.value })}
              />
            )}
            {draft.way === 'offset' && (
              <Input
                aria-label={t('kafka:messages.offset')}
                inputMode="numeric"
                value={draft.offset}
                invalid={wrong('start')}
                onChange={(event) => set({ offset: event.target.value })}
              />
            )}
          </Field>
          <Field label={t('kafka:consumers.field.sink')}>
            <Segmented
              stretch
              size="large"
              label={t('kafka:consumers.field.sink')}
              value={draft.sink}
              options={SINKS.map((value) => ({ value, label: t(`kafka:consumers.sink.${value}`) }))}
              onChange={(sink) => set({ sink })}
            />
          </Field>
        </div>
        <Checkbox label={t('kafka:consumers.field.on')} checked={draft.on} onChange={(on) => set({ on })} />
      </div>
    </Dialog>
  )
}
