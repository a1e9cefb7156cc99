import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Millis } from '../../../shared/market.ts'
import { useHealth } from '../../bridge/health-store.ts'
import { Chip } from '../../ui/Chip.tsx'
import { classes } from '../../ui/classes.ts'
import { formatBytes, formatRate, formatSkew, NOT_GIVEN } from '../../ui/format.ts'
import { SMALL_ICON } from '../../ui/icons.ts'
import { useFormat } from '../../ui/use-format.ts'
import { TROUBLED } from '../../ui/venues.ts'
import { useNews } from '../news/news-store.ts'
import styles from './HealthPage.module.css'

/** From here the engine tells it as a fault too. */
const CLOCK_OFF: Millis = 30_000

/** The page's head: what needs a look, and the machine's own figures. */
export function HealthHead() {
  const { t } = useTranslation('health')
  const venues = useHealth((health) => health?.venues.filter((venue) => venue.state !== 'off').length ?? 0)
  const late = useHealth((health) => health?.venues.filter((venue) => TROUBLED.has(venue.state)).length ?? 0)
  const total = venues + useNews(({ feeds }) => feeds.filter(({ state }) => state !== 'off').length)
  const troubled = late + useNews(({ feeds }) => feeds.filter(({ state }) => state === 'down').length)
  return (
    <header className={styles['head']}>
      <div className={styles['title']}>
        <h2>{t('title')}</h2>
        {troubled > 0 ? (
          <Chip tone="warn">
            <TriangleAlert {...SMALL_ICON} />
            {t('look', { count: troubled, total })}
          </Chip>
        ) : (
          <span className={styles['quiet']}>{t('allWell')}</span>
        )}
      </div>
      <Figures />
    </header>
  )
}

function Figures() {
  const { t } = useTranslation('health')
  const format = useFormat()
  const health = useHealth((all) => all)
  if (!health) return <dl className={styles['figures']} />
  const { engine, journal, store, csv, clock } = health
  return (
    <dl className={styles['figures']}>
      <Figure label={t('figures.in')} value={formatRate(engine.messagesPerSecond)} note="/s">
        {t('figures.trades', { rate: formatRate(engine.tradesPerSecond) })}
      </Figure>
      <Figure label={t('figures.delay')} value={format.delay(engine.delay?.p99)} note="p99">
        {format.delay(engine.delay?.p50)} p50
      </Figure>
      <Figure label={t('figures.engine')} value={format.delay(engine.stall)}>
        {t('figures.memory', { bytes: formatBytes(engine.rss) })}
      </Figure>
      <Figure label={t('figures.journal')} value={formatBytes(journal.bytes)} bad={journal.dropped > 0}>
        {t('figures.journalNote', { pending: format.count(journal.pending), dropped: format.count(journal.dropped) })}
      </Figure>
      <Figure label={t('figures.store')} value={formatBytes(store.bytes)}>
        {t('figures.storeNote', { records: format.count(store.behind) })}
      </Figure>
      {clock && (
        <Figure label={t('figures.clock')} value={formatSkew(clock.offset)} bad={Math.abs(clock.offset) > CLOCK_OFF}>
          {t('figures.clockNote', { count: clock.sources })}
        </Figure>
      )}
      <Figure label={t('figures.gaps')} value={format.count(health.gapsToday)} />
      {csv && (
        <Figure label={t('figures.csv')} value={format.count(csv.written)} bad={csv.fault !== undefined}>
          {t('figures.csvNote', { file: csv.file.split(/[/\\]/).at(-1) ?? NOT_GIVEN })}
        </Figure>
      )}
    </dl>
  )
}

interface FigureProps {
  readonly label: string
  readonly value: string
  /** Right beside the value. */
  readonly note?: string
  readonly bad?: boolean
  readonly children?: ReactNode
}

function Figure({ label, value, note, bad = false, children }: FigureProps) {
  return (
    <div className={styles['figure']}>
      <dt>{label}</dt>
      <dd className={styles['value']}>
        {value}
        {note && <small>{note}</small>}
        {children !== undefined && (
          <small className={classes(bad && styles['bad'])}>
            {note && '· '}
            {children}
          </small>
        )}
      </dd>
    </div>
  )
}
