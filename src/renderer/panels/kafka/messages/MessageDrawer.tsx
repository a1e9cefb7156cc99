import { Copy, Send, X } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageRow } from '../../../../shared/kafka-view.ts'
import { Button } from '../../../ui/Button.tsx'
import { classes } from '../../../ui/classes.ts'
import { EmptyBlock } from '../../../ui/EmptyBlock.tsx'
import { formatBytes } from '../../../ui/format.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { SMALL_ICON } from '../../../ui/icons.ts'
import { Panel } from '../../../ui/Panel.tsx'
import { TabPanel, Tabs } from '../../../ui/Tabs.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import { BlockableButton } from '../parts/BlockableButton.tsx'
import shared from '../parts/parts.module.css'
import { formatWhole } from '../parts/whole.ts'
import { useWriteBlock } from '../use-write-block.ts'
import styles from './Messages.module.css'
import { hexDump, MOST_SHOWN, prettyJson } from './record-text.ts'
import { SendDialog } from './SendDialog.tsx'
import { openRow } from './scan.ts'
import { ShowInChart } from './ShowInChart.tsx'

const TABS = ['pretty', 'raw'] as const

/** One record in full: where it lies, its key, its value as JSON, text or bytes, its headers. */
export function MessageDrawer({ row }: { readonly row: MessageRow | undefined }) {
  const { t } = useTranslation('kafka')
  const [tab, setTab] = useState<(typeof TABS)[number]>('pretty')
  const close = (
    <IconButton
      size="small"
      label={t('messages.close')}
      icon={<X {...SMALL_ICON} />}
      onClick={() => openRow(undefined)}
    />
  )
  if (!row)
    return (
      <Panel label={t('messages.record')} head={<span />} actions={close}>
        <EmptyBlock icon={null} title={t('messages.passed')} text={t('messages.passedText')} />
      </Panel>
    )
  return (
    <Panel
      label={t('messages.record')}
      head={
        <Tabs
          id="record"
          label={t('messages.record')}
          value={tab}
          tabs={TABS.map((value) => ({ value, label: t(`messages.tab.${row.binary ? 'hex' : 'text'}.${value}`) }))}
          onChange={setTab}
        />
      }
      actions={close}
    >
      <Facts row={row} />
      <TabPanel id="record" value={tab} className={shared['content']}>
        <Text row={row} pretty={tab === 'pretty'} />
      </TabPanel>
      <Headers headers={row.headers} />
    </Panel>
  )
}

function Facts({ row }: { readonly row: MessageRow }) {
  const { t } = useTranslation('kafka')
  const format = useFormat()
  const block = useWriteBlock()
  const [editing, setEditing] = useState(false)
  return (
    <>
      <dl className={styles['facts']}>
        <dt>{t('messages.place')}</dt>
        <dd>
          {row.topic} P{row.partition} · {formatWhole(row.offset)}
        </dd>
        <dt>{t('messages.time')}</dt>
        <dd>
          {format.dateTime(row.at)} {format.zoneName(row.at)} <span className={shared['dim']}>{row.at}</span>
        </dd>
        <dt>{t('messages.key')}</dt>
        <dd>{row.key ?? <span className={shared['dim']}>null</span>}</dd>
        <dt>{t('messages.value')}</dt>
        <dd>
          {row.value === null ? t('messages.tombstone') : formatBytes(row.valueBytes)}
          {row.binary && ` · ${t('messages.binary')}`}
        </dd>
      </dl>
      <div className={classes(shared['tools'], styles['acts'])}>
        <Button
          size="small"
          icon={<Copy {...SMALL_ICON} />}
          disabled={row.value === null}
          onClick={() => void navigator.clipboard.writeText(row.value ?? '')}
        >
          {t('messages.copy')}
        </Button>
        <ShowInChart row={row} />
        <BlockableButton
          size="small"
          block={block ?? (row.binary ? t('messages.binaryNoEdit') : undefined)}
          icon={<Send {...SMALL_ICON} />}
          onClick={() => setEditing(true)}
        >
          {t('messages.edit')}
        </BlockableButton>
      </div>
      {editing && <SendDialog topic={row.topic} from={row} onClose={() => setEditing(false)} />}
    </>
  )
}

function Text({ row, pretty }: { readonly row: MessageRow; readonly pretty: boolean }) {
  const { t } = useTranslation('kafka')
  const text = useMemo(() => {
    const value = row.value ?? ''
    if (row.binary) return pretty ? hexDump(value) : value
    // Longer values are cut before they are worked on: half a value is no JSON.
    return (pretty && value.length <= MOST_SHOWN ? prettyJson(value) : undefined) ?? value
  }, [row, pretty])
  if (row.value === null)
    return <EmptyBlock icon={null} title={t('messages.tombstone')} text={t('messages.tombstoneText')} />
  const shown = text.slice(0, MOST_SHOWN)
  const inHex = row.binary ? row.value.length / 2 : row.valueBytes
  return (
    <pre
      className={classes(styles['text'], row.binary && pretty && styles['bytes'])}
      tabIndex={0}
      aria-label={t('messages.value')}
    >
      {shown}
      {(shown.length < text.length || inHex < row.valueBytes) &&
        `\n\n${t('messages.cut', {
          shown: formatBytes(row.binary ? inHex : shown.length),
          whole: formatBytes(row.valueBytes),
        })}`}
    </pre>
  )
}

function Headers({ headers }: { readonly headers: MessageRow['headers'] }) {
  const { t } = useTranslation('kafka')
  const all = Object.entries(headers)
  return (
    <dl className={`${styles['facts']} ${styles['headers']}`} tabIndex={0} aria-label={t('messages.headers')}>
      {all.length === 0 && <dt>{t('messages.noHeaders')}</dt>}
      {all.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd className={shared['mono']}>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
