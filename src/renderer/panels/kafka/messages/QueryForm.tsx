import { Play, Radio, Square } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCluster } from '../../../bridge/kafka-store.ts'
import { session } from '../../../bridge/session.ts'
import { Button } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import { SMALL_ICON } from '../../../ui/icons.ts'
import { Input } from '../../../ui/Input.tsx'
import { Select } from '../../../ui/Select.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import { useNow } from '../../../ui/use-now.ts'
import { openKafka } from '../kafka-view.ts'
import { useAnswer } from '../parts/use-answer.ts'
import type { QueryDraft, QueryField } from './message-query.ts'
import { checkQuery, FROM_WAYS, TO_WAYS } from './message-query.ts'
import styles from './Messages.module.css'
import { changeDraft, startScan, stopScan, useScan } from './scan.ts'

/** Suggestions under the topic's field: a list of all would make the browser slow. */
const MOST_NAMES = 200

/** Which records: of which topic, from where to where, with what in them. */
export function QueryForm() {
  const { t } = useTranslation('kafka')
  const format = useFormat()
  const now = useNow()
  const id = useId()
  const draft = useScan((state) => state.draft)
  const running = useScan((state) => state.running)
  const up = useCluster((cluster) => (cluster?.state === 'up' ? cluster.profile?.id : undefined))
  const names = useAnswer(up, () => session.call('topics.list', {}))
  const [tried, setTried] = useState<'scan' | 'follow'>()
  const checked = checkQuery(draft, tried === 'follow', format.zone)
  const wrong = (field: QueryField) => tried !== undefined && 'wrong' in checked && checked.wrong.has(field)
  const error = (field: QueryField) => (wrong(field) ? t(`messages.wrong.${field}`) : undefined)
  const run = (follow: boolean) => {
    setTried(follow ? 'follow' : 'scan')
    const asked = checkQuery(draft, follow, format.zone)
    if ('wrong' in asked) return
    openKafka('messages', { topic: asked.query.topic })
    startScan(asked.query)
  }
  const text = (name: keyof QueryDraft, label: string, field?: QueryField, hint?: string) => (
    <Field label={label} htmlFor={`${id}-${name}`} error={field && error(field)}>
      <Input
        id={`${id}-${name}`}
        value={draft[name]}
        placeholder={hint}
        invalid={field !== undefined && wrong(field)}
        onChange={(event) => changeDraft({ [name]: event.target.value })}
      />
    </Field>
  )
  const hintOf = (way: string) => (way === 'at' ? format.dateTime(now) : way === 'offset' ? '0' : '')
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault()
        run(false)
      }}
    >
      <Field label={t('topics.topic')} htmlFor={`${id}-topic`} error={error('topic')}>
        <Input
          id={`${id}-topic`}
          list={`${id}-names`}
          value={draft.topic}
          invalid={wrong('topic')}
          onChange={(event) => changeDraft({ topic: event.target.value })}
        />
        <datalist id={`${id}-names`}>
          {names.value
            ?.filter((name) => name.includes(draft.topic))
            .slice(0, MOST_NAMES)
            .map((name) => (
              <option key={name} value={name} />
            ))}
        </datalist>
      </Field>
      <Field label={t('messages.from', { zone: format.zoneName(now) })} htmlFor={`${id}-from`} error={error('from')}>
        <span className={styles['joined']}>
          <Select
            label={t('messages.fromWay')}
            value={draft.fromWay}
            options={FROM_WAYS.map((value) => ({ value, label: t(`messages.ways.${value}`) }))}
            onChange={(fromWay) => changeDraft({ fromWay, from: fromWay === 'last' ? '1000' : hintOf(fromWay) })}
          />
          <Input
            id={`${id}-from`}
            value={draft.from}
            disabled={draft.fromWay === 'earliest' || draft.fromWay === 'latest'}
            invalid={wrong('from')}
            onChange={(event) => changeDraft({ from: event.target.value })}
          />
        </span>
      </Field>
      <Field label={t('messages.to')} htmlFor={`${id}-to`} error={error('to')}>
        <span className={styles['joined']}>
          <Select
            label={t('messages.toWay')}
            value={draft.toWay}
            options={TO_WAYS.map((value) => ({ value, label: t(`messages.ways.${value}`) }))}
            onChange={(toWay) => changeDraft({ toWay, to: hintOf(toWay) })}
          />
          <Input
            id={`${id}-to`}
            value={draft.to}
            disabled={draft.toWay === 'end'}
            invalid={wrong('to')}
            onChange={(event) => changeDraft({ to: event.target.value })}
          />
        </span>
      </Field>
      {text('partitions', t('messages.partitions'), 'partitions', '0, 2-5')}
      <div className={styles['filters']}>
        {text('key', t('messages.key'))}
        {text('text', t('messages.text'))}
        {text('path', t('messages.path'), 'path', 'data.price > 100')}
      </div>
      <div className={styles['run']}>
        <Field label={t('messages.limit')} htmlFor={`${id}-limit`} error={error('limit')}>
          <Input
            id={`${id}-limit`}
            inputMode="numeric"
            value={draft.limit}
            invalid={wrong('limit')}
            onChange={(event) => changeDraft({ limit: event.target.value })}
          />
        </Field>
        {running ? (
          <Button icon={<Square {...SMALL_ICON} />} onClick={stopScan}>
            {t('messages.stop')}
          </Button>
        ) : (
          <>
            <Button icon={<Radio {...SMALL_ICON} />} onClick={() => run(true)}>
              {t('messages.follow')}
            </Button>
            <Button kind="primary" type="submit" icon={<Play {...SMALL_ICON} />}>
              {t('messages.run')}
            </Button>
          </>
        )}
      </div>
    </form>
  )
}
