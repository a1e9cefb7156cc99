import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useHealth } from '../../bridge/health-store.ts'
import { useSession } from '../../bridge/session.ts'
import { classes } from '../../ui/classes.ts'
import { formatBytes, formatRate, NOT_GIVEN } from '../../ui/format.ts'
import { StateMark } from '../../ui/StateMark.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { useNow } from '../../ui/use-now.ts'
import { formatClock } from '../../ui/zone.ts'
import { useFramesPerSecond } from './frames-per-second.ts'
import { Credits } from './Credits.tsx'
import styles from './StatusBar.module.css'
import { WonPerDollar } from './WonPerDollar.tsx'

/** How the machine runs, who drew the charts, and what time it is. */
export function StatusBar() {
  const { t } = useTranslation()
  return (
    <footer className={styles['bar']} aria-label={t('status.label')}>
      <EngineCell />
      <RateCell />
      <DelayCell />
      <SizeCells />
      <FramesCell />
      <span className={styles['space']} />
      <Cell>
        <Credits />
      </Cell>
      <WonPerDollar />
      <ClockCells />
    </footer>
  )
}

interface CellProps {
  /** Left out first in a narrow window. */
  readonly optional?: boolean
  readonly children: ReactNode
}

function Cell({ optional = false, children }: CellProps) {
  return <span className={classes(styles['cell'], optional && styles['optional'])}>{children}</span>
}

function EngineCell() {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const { phase } = useSession()
  const startedAt = useHealth((health) => health?.engine.startedAt)
  return (
    <Cell>
      <StateMark mark={phase === 'ready' ? 'live' : 'down'} />
      <b>{t('status.engine')}</b>
      {phase === 'ready' && startedAt !== undefined
        ? t('status.running', { length: format.duration(Math.max(0, now - startedAt)) })
        : t('status.lost')}
    </Cell>
  )
}

function RateCell() {
  const { t } = useTranslation()
  const rate = useHealth((health) => health?.engine.messagesPerSecond)
  return (
    <Cell>
      {t('status.in')}
      <b className={styles['rate']}>{rate === undefined ? NOT_GIVEN : formatRate(rate)}</b>/s
    </Cell>
  )
}

function DelayCell() {
  const { t } = useTranslation()
  const format = useFormat()
  const p50 = useHealth((health) => health?.engine.delay?.p50)
  const p99 = useHealth((health) => health?.engine.delay?.p99)
  return (
    <Cell>
      {t('status.delay')} p50 <b className={styles['delay']}>{format.delay(p50)}</b> p99{' '}
      <b className={styles['delay']}>{format.delay(p99)}</b>
    </Cell>
  )
}

function SizeCells() {
  const { t } = useTranslation()
  const format = useFormat()
  const journal = useHealth((health) => health?.journal.bytes)
  const store = useHealth((health) => health?.store.bytes)
  const behind = useHealth((health) => health?.store.behind ?? 0)
  const gaps = useHealth((health) => health?.gapsToday)
  return (
    <>
      <Cell optional>
        {t('status.journal')} <b>{journal === undefined ? NOT_GIVEN : formatBytes(journal)}</b>
      </Cell>
      <Cell optional>
        {t('status.store')} <b>{store === undefined ? NOT_GIVEN : formatBytes(store)}</b>
        {behind > BEHIND && (
          <span className={styles['warn']}>{t('status.behind', { records: format.count(behind) })}</span>
        )}
      </Cell>
      <Cell>
        {t('status.gaps')} <b>{gaps ?? NOT_GIVEN}</b>
      </Cell>
    </>
  )
}

/** Records the store may be behind the journal before it is worth a word: about a second of a busy market. */
const BEHIND = 20_000

function FramesCell() {
  const { t } = useTranslation()
  const frames = useFramesPerSecond()
  return (
    <Cell optional>
      {t('status.screen')} <b>{frames === undefined ? NOT_GIVEN : `${frames} fps`}</b>
    </Cell>
  )
}

function ClockCells() {
  const format = useFormat()
  const now = useNow()
  return (
    <>
      <Cell>
        {format.date(now)} <b>{format.clock(now)}</b> {format.zoneName(now)}
      </Cell>
      {format.zone !== 'UTC' && <Cell optional>{formatClock(now, 'UTC')} UTC</Cell>}
    </>
  )
}
