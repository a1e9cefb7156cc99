import { ArrowDownToLine, Info, OctagonAlert, ScrollText, TriangleAlert } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { LogLine } from '../../../shared/engine-view.ts'
import { followLog, logStore } from '../../bridge/log-store.ts'
import { EmptyBlock } from '../../ui/EmptyBlock.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { BLOCK_ICON, SMALL_ICON } from '../../ui/icons.ts'
import { Input } from '../../ui/Input.tsx'
import { Select } from '../../ui/Select.tsx'
import { useFormat } from '../../ui/use-format.ts'
import styles from './VenueDetails.module.css'

const ICONS = { info: Info, warn: TriangleAlert, error: OctagonAlert } as const
const LEVELS: Readonly<Record<LogLine['level'] | 'all', readonly LogLine['level'][]>> = {
  all: ['info', 'warn', 'error'],
  info: ['info', 'warn', 'error'],
  warn: ['warn', 'error'],
  error: ['error'],
}
const CHOICES = ['all', 'warn', 'error'] as const
const LINE = 26
const MARGIN = 8
/** Lines that are drawn: more than the tallest panel shows. */
const IN_VIEW = 100

/** The engine's log, newest first, with a filter. Scrolled away from the newest, it stays where one reads. */
export function LogView() {
  const { t } = useTranslation('health')
  const all = useStore(logStore, (state) => state.lines)
  const [level, setLevel] = useState<(typeof CHOICES)[number]>('all')
  const [text, setText] = useState('')
  const [follow, setFollow] = useState(true)
  const [held, setHeld] = useState<readonly LogLine[]>(all)
  useEffect(followLog, [])

  const lines = follow ? all : held
  const shown = useMemo(() => {
    const wanted = text.trim().toLowerCase()
    return lines
      .filter((line) => LEVELS[level].includes(line.level) && line.text.toLowerCase().includes(wanted))
      .toReversed()
  }, [lines, level, text])

  const hold = (on: boolean) => {
    if (!on) setHeld(all)
    setFollow(on)
  }
  return (
    <>
      <div className={styles['tools']}>
        <Input
          type="search"
          aria-label={t('log.filter')}
          placeholder={t('log.filter')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <span className={styles['level']}>
          <Select
            size="small"
            label={t('log.level')}
            value={level}
            options={CHOICES.map((value) => ({ value, label: t(`log.${value}`) }))}
            onChange={setLevel}
          />
        </span>
        <IconButton
          size="small"
          label={t('log.follow')}
          icon={<ArrowDownToLine {...SMALL_ICON} />}
          pressed={follow}
          onClick={() => hold(!follow)}
        />
      </div>
      {shown.length === 0 ? (
        <EmptyBlock
          icon={<ScrollText {...BLOCK_ICON} />}
          title={t('log.none')}
          text={t('log.noneText', { lines: lines.length })}
        />
      ) : (
        <LogLines lines={shown} follow={follow} onLeave={() => hold(false)} />
      )}
    </>
  )
}

interface LogLinesProps {
  readonly lines: readonly LogLine[]
  readonly follow: boolean
  readonly onLeave: () => void
}

function LogLines({ lines, follow, onLeave }: LogLinesProps) {
  const { t } = useTranslation('health')
  const format = useFormat()
  const box = useRef<HTMLDivElement>(null)
  const [top, setTop] = useState(0)
  // Lines are all of one height: which are in view needs no measuring.
  const first = Math.max(0, Math.floor(top / LINE) - MARGIN)
  const shown = lines.slice(first, first + IN_VIEW)
  useEffect(() => {
    if (follow) box.current?.scrollTo({ top: 0 })
  }, [follow])
  return (
    <div
      ref={box}
      className={styles['list']}
      role="region"
      aria-label={t('log.list')}
      tabIndex={0}
      onScroll={(event) => {
        const { scrollTop } = event.currentTarget
        setTop(scrollTop)
        if (follow && scrollTop > LINE) onLeave()
      }}
    >
      <div className={styles['lines']} style={{ height: lines.length * LINE }}>
        {shown.map((line, index) => {
          const Icon = ICONS[line.level]
          return (
            <div
              key={lines.length - first - index}
              className={styles['line']}
              style={{ top: (first + index) * LINE }}
              title={line.text}
            >
              <time>{format.clock(line.at)}</time>
              <Icon size={14} strokeWidth={1.5} role="img" aria-label={t(line.level)} className={styles[line.level]} />
              <span className={styles['text']}>{line.text}</span>
            </div>
          )
        })}
      </div>
    </div>
  )
}
