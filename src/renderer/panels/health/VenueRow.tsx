import { useTranslation } from 'react-i18next'
import type { VenueHealth } from '../../../shared/engine-view.ts'
import type { VenueId } from '../../../shared/market.ts'
import { useHealthHistory } from '../../bridge/health-history.ts'
import { useHealth, useMode, useVenue } from '../../bridge/health-store.ts'
import { classes } from '../../ui/classes.ts'
import { dataAge } from '../../ui/data-age.ts'
import { faultTitle } from '../../ui/fault-text.ts'
import { formatRate, formatSkew, NOT_GIVEN } from '../../ui/format.ts'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { StateMark } from '../../ui/StateMark.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { useNow } from '../../ui/use-now.ts'
import { STATE_MARKS } from '../../ui/venues.ts'
import { SLOW_DELAY } from './delay-position.ts'
import { DelayBar } from './DelayBar.tsx'
import { Figure } from './Figure.tsx'
import { RateLine } from './RateLine.tsx'
import { TIGHT_BUDGET } from './tight-budget.ts'
import styles from './VenueTable.module.css'

const TONES: Readonly<Partial<Record<VenueHealth['state'], string>>> = {
  silent: 'warn',
  paused: 'warn',
  down: 'bad',
  polled: 'fill',
  off: 'dim',
  connecting: 'dim',
}

export interface VenueRowProps {
  readonly venue: VenueId
  readonly selected: boolean
  readonly onSelect: (venue: VenueId) => void
}

/** One exchange's figures. */
export function VenueRow({ venue, selected, onSelect }: VenueRowProps) {
  const { t } = useTranslation(['health', 'names'])
  const health = useVenue(venue)
  return (
    <tr
      className={classes(styles['row'], selected && styles['selected'])}
      aria-selected={selected}
      tabIndex={selected ? 0 : -1}
      onClick={() => onSelect(venue)}
    >
      <td className={styles['name']}>{t(`names:${venue}`)}</td>
      {health ? <VenueCells health={health} /> : <td colSpan={15}>{NOT_GIVEN}</td>}
    </tr>
  )
}

function VenueCells({ health }: { readonly health: VenueHealth }) {
  const { t } = useTranslation('health')
  const { t: sayFault } = useTranslation('faults')
  const format = useFormat()
  const now = useNow()
  const toldAt = useHealth((all) => all?.at ?? 0)
  const history = useHealthHistory(health.venue)
  const { delay, state } = health
  const malformed = Object.values(health.malformed).reduce((sum, count) => sum + count, 0)
  const slow = (delay?.p99 ?? 0) >= SLOW_DELAY ? styles['warn'] : undefined
  return (
    <>
      <td title={health.fault && faultTitle(sayFault, health.fault)}>
        <StateWord health={health} />
      </td>
      <Figure>{format.age(Math.max(0, now - health.since))}</Figure>
      <td className={styles['dim']} title={health.endpoint}>
        {health.endpoint ?? NOT_GIVEN}
      </td>
      <Figure tone={TONES[state] && styles[TONES[state]]}>{format.age(dataAge(health.lastDataAt, toldAt, now))}</Figure>
      <Figure zero={health.messagesPerSecond === 0}>{formatRate(health.messagesPerSecond)}</Figure>
      <td>
        <RateLine points={history} />
      </td>
      <Figure tone={slow}>
        <Delay text={format.delay(delay?.p50)} />
      </Figure>
      <Figure tone={slow}>
        <Delay text={format.delay(delay?.p99)} />
      </Figure>
      <td>
        <DelayBar delay={delay} slow={slow !== undefined} />
      </td>
      <Figure zero={!health.skew}>
        <Delay text={formatSkew(health.skew)} />
      </Figure>
      <Figure zero={health.markets === 0}>{format.count(health.markets)}</Figure>
      <Figure zero={health.gaps === 0}>{format.count(health.gaps)}</Figure>
      <Figure zero={health.reconnects === 0}>{format.count(health.reconnects)}</Figure>
      <Figure zero={malformed === 0} tone={malformed > 0 ? styles['warn'] : undefined}>
        {format.count(malformed)}
      </Figure>
      <td title={t('budgetMeaning')}>
        <span className={styles['budget']}>
          <ProgressBar
            meter
            label={t('budgetShare', { share: `${Math.round(health.budget * 100)}%` })}
            value={health.budget}
            tone={health.budget >= TIGHT_BUDGET ? 'warn' : 'plain'}
          />
          {Math.round(health.budget * 100)}%
        </span>
      </td>
    </>
  )
}

function StateWord({ health }: { readonly health: VenueHealth }) {
  const { t } = useTranslation(['health', 'shell'])
  const format = useFormat()
  const now = useNow()
  const demo = useMode()?.mode === 'demo'
  const { state, attempt, nextAttemptAt } = health
  const tone = TONES[state]
  const wait = (nextAttemptAt ?? 0) - now
  return (
    <span className={classes(styles['state'], tone && styles[tone])}>
      <StateMark mark={STATE_MARKS[state]} />
      {t(`shell:state.${state === 'live' && demo ? 'simulated' : state}`)}
      {attempt > 0 && (
        <small>
          {wait > 0
            ? t('health:attempt', { attempt, next: format.duration(Math.ceil(wait / 1_000) * 1_000) })
            : t('health:attemptNow', { attempt })}
        </small>
      )}
    </span>
  )
}

/** Its unit dimmed. */
function Delay({ text }: { readonly text: string }) {
  const [value, unit] = text.split(' ')
  return (
    <>
      {value}
      {unit && <span className={styles['unit']}> {unit}</span>}
    </>
  )
}
