import { Check, Copy, SquareArrowOutUpRight } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { HOP_REASONS } from '../../../shared/kafka-view.ts'
import { useCluster } from '../../bridge/kafka-store.ts'
import { useVenueName } from '../../market/venue-name.ts'
import { classes } from '../../ui/classes.ts'
import { formatSigned } from '../../ui/format.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { SMALL_ICON } from '../../ui/icons.ts'
import { useFormat } from '../../ui/use-format.ts'
import { openRecord } from '../kafka/messages/open-record.ts'
import styles from './Trace.module.css'
import type { WayLine } from './way.ts'

/** One hop: when, how long since the one it follows from, where, or why not. Always of the same height. */
export function HopRow({ line, venue }: { readonly line: WayLine; readonly venue: string }) {
  const { t } = useTranslation('trace')
  const format = useFormat()
  const { hop, at, since, missing, where, record } = line
  const [place, rest] = usePlace(line, venue)
  const up = useCluster((cluster) => cluster?.state === 'up')
  const isNotable = hop === 'sent' || hop === 'journal' || hop === 'aggregate' || hop === 'consumed'
  return (
    <li
      data-hop={hop}
      className={classes(styles['hop'], missing && styles[HOP_REASONS[missing] ? 'awaited' : 'missing'])}
    >
      <b>{t(`hop.${hop}`)}</b>
      <time>{at === undefined ? (missing ? '' : t('noTime')) : format.clockMillis(at)}</time>
      <span className={classes(styles['delta'], since && since.ms < 0 && styles['warn'])}>
        {since && `${since.ms === 0 ? '0' : formatSigned(since.ms, 0)} ms`}
      </span>
      <span className={styles['under']}>
        <span className={styles['place']} title={[place, rest].join('')}>
          {place}
        </span>
        <span className={styles['rest']}>{rest}</span>
        {since && !since.isAbove && <span>{t('since', { hop: t(`hop.${since.hop}`) })}</span>}
        {where !== undefined && isNotable && <CopyPlace text={where} />}
        {record && up && hop === 'sent' && (
          <IconButton
            size="small"
            label={t('open')}
            icon={<SquareArrowOutUpRight {...SMALL_ICON} />}
            onClick={() => openRecord(record)}
          />
        )}
      </span>
    </li>
  )
}

/** Where the trade was then, in words, and what of it is never cut; a hop that is not reached says why. */
function usePlace(line: WayLine, venue: string): readonly [string, string?] {
  const { t } = useTranslation('trace')
  const format = useFormat()
  const venueName = useVenueName()
  const { hop, missing, bar, where } = line
  if (missing) return [t(`reason.${missing}`)]
  if (bar) return [t('by.bar', { time: format.clock(bar.openAt), revision: bar.revision })]
  if (hop === 'exchange') return [t('by.exchange', { venue: venueName(venue) })]
  if (hop === 'socket' || hop === 'painted') return [t(`by.${hop}`)]
  const [topic = '', partition, offset] = where?.split('/') ?? []
  return offset === undefined ? [topic] : [topic, ` P${partition} · ${offset}`]
}

function CopyPlace({ text }: { readonly text: string }) {
  const { t } = useTranslation('trace')
  const [copied, setCopied] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setCopied(false), 2_000)
  }
  return (
    <IconButton
      size="small"
      label={t(copied ? 'copied' : 'copy')}
      icon={copied ? <Check {...SMALL_ICON} /> : <Copy {...SMALL_ICON} />}
      onClick={() => void copy()}
    />
  )
}
