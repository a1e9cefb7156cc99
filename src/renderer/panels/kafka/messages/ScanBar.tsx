import { Pause, Play, Send } from 'lucide-react'
import { useState } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { Button } from '../../../ui/Button.tsx'
import { Chip } from '../../../ui/Chip.tsx'
import { SMALL_ICON } from '../../../ui/icons.ts'
import { ProgressBar } from '../../../ui/ProgressBar.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import { BlockableButton } from '../parts/BlockableButton.tsx'
import shared from '../parts/parts.module.css'
import { useWriteBlock } from '../use-write-block.ts'
import styles from './Messages.module.css'
import { ResendDialog } from './ResendDialog.tsx'
import { SendDialog } from './SendDialog.tsx'
import type { ScanState } from './scan.ts'
import { pauseTail, resumeTail, useScan } from './scan.ts'

/** How far the search is, what a tail left out, and what can be done with the rows. */
export function ScanBar() {
  const { t } = useTranslation('kafka')
  const scan = useScan((state) => state)
  const block = useWriteBlock()
  const [dialog, setDialog] = useState<'send' | 'resend'>()
  const following = scan.query?.follow === true && scan.running
  return (
    <div className={styles['bar']}>
      <Progress scan={scan} />
      <span className={shared['space']} />
      {following && (
        <Button
          size="small"
          icon={scan.paused ? <Play {...SMALL_ICON} /> : <Pause {...SMALL_ICON} />}
          onClick={scan.paused ? resumeTail : pauseTail}
        >
          {t(scan.paused ? 'messages.resume' : 'messages.pause')}
        </Button>
      )}
      <BlockableButton
        size="small"
        block={block ?? (scan.marked.size === 0 ? t('messages.markFirst') : undefined)}
        onClick={() => setDialog('resend')}
      >
        {scan.marked.size === 0 ? t('messages.resendNone') : t('messages.resend', { count: scan.marked.size })}
      </BlockableButton>
      <BlockableButton size="small" block={block} icon={<Send {...SMALL_ICON} />} onClick={() => setDialog('send')}>
        {t('messages.new')}
      </BlockableButton>
      {dialog === 'resend' && <ResendDialog onClose={() => setDialog(undefined)} />}
      {dialog === 'send' && <SendDialog topic={scan.draft.topic} onClose={() => setDialog(undefined)} />}
    </div>
  )
}

function Progress({ scan }: { readonly scan: ScanState }) {
  const { t } = useTranslation('kafka')
  const format = useFormat()
  const { query, tail, running, paused, held } = scan
  if (!query) return <span>{t('messages.nothing')}</span>
  const values = {
    rows: format.count(tail.rows.length),
    scanned: format.count(tail.scanned),
    total: format.count(tail.total ?? tail.scanned),
    held: format.count(held),
  }
  const filtered = query.key !== undefined || query.text !== undefined || query.path !== undefined
  const leftOut = tail.skipped > 0 || (query.follow && !filtered && tail.missing > 0)
  const state = query.follow
    ? paused
      ? 'paused'
      : running
        ? 'following'
        : 'followed'
    : running
      ? 'scanning'
      : tail.done
        ? 'done'
        : 'stopped'
  return (
    <>
      {running && !query.follow && (
        <span className={styles['progress']}>
          <ProgressBar label={t('messages.progress')} value={tail.scanned / Math.max(1, tail.total ?? tail.scanned)} />
        </span>
      )}
      <span role="status">
        <Trans t={t} i18nKey={`messages.state.${state}`} values={values} components={{ b: <b /> }} />
      </span>
      {!query.follow && !running && tail.rows.length >= query.limit && (
        <Chip size="small">{t('messages.limited', { rows: values.rows })}</Chip>
      )}
      {query.follow && tail.scanned > 0 && (
        <Chip size="small" tone={leftOut ? 'warn' : 'plain'}>
          {leftOut
            ? t('messages.leftOut', { records: format.count(Math.max(tail.skipped, filtered ? 0 : tail.missing)) })
            : t(filtered ? 'messages.noneLeftOut' : 'messages.contiguous')}
        </Chip>
      )}
    </>
  )
}
