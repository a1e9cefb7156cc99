import { useTranslation } from 'react-i18next'
import type { Millis } from '../../../../shared/market.ts'
import type { ConsumerView } from '../../../../shared/kafka-view.ts'
import { StateMark } from '../../../ui/StateMark.tsx'
import type { Mark } from '../../../ui/venues.ts'
import { useFormat } from '../../../ui/use-format.ts'
import styles from './Consumers.module.css'
import { listPartitions } from '../parts/partitions.ts'
import type { Lane, Place } from './lanes.ts'

type MemberState = ConsumerView['members'][number]['state']

export const MEMBER_MARKS: Readonly<Record<MemberState, Mark>> = {
  joining: 'waiting',
  running: 'live',
  idle: 'off',
  waiting: 'silent',
  stuck: 'silent',
  crashed: 'down',
  gone: 'down',
}

const BAR = 22
const SERIES = 6
/** The words of an idle member need so much; where there is less, they stand before it. */
const IDLE_ROOM = 220
const colourOf = (partition: number): string => `var(--series-${(partition % SERIES) + 1})`

export interface LaneViewProps {
  readonly lane: Lane
  /** Why a member has nothing to read. */
  readonly idle: string
  readonly top: number
  readonly height: number
  readonly first: boolean
  readonly left: number
  readonly right: number
  readonly x: (at: Millis) => number
  /** References to what the plot defines. */
  readonly clip: string
  readonly unread: string
}

/** One member: who it is and what it reads now at the left, what it read when at the right. */
export function LaneView({ lane, idle: idleText, top, height, first, left, right, x, clip, unread }: LaneViewProps) {
  const { t } = useTranslation('kafka')
  const format = useFormat()
  const y = Math.round(top + (height - BAR) / 2)
  const base = y + 15
  // Of several topics the numbers would say nothing: how many they are, then; which is in the title.
  const names = (places: readonly Place[]) =>
    new Set(places.map(({ topic }) => topic)).size > 1
      ? t('lanes.many', { count: places.length })
      : places.map(({ partition }) => `P${partition}`).join(' ')
  const now = lane.state === 'running' ? names(lane.reads) : t(`member.${lane.state}`)
  return (
    <g>
      {!first && <path d={`M16 ${Math.round(top) + 0.5}H${right}`} stroke="var(--line-subtle)" />}
      <svg x="16" y={y + 7} width="8" height="8" overflow="visible">
        <StateMark mark={MEMBER_MARKS[lane.state]} label={t(`member.${lane.state}`)} />
      </svg>
      <text x="32" y={base} className={styles['member']}>
        {cut(lane.id, 18)}
        <title>{lane.id}</title>
      </text>
      <text x={left - 20} y={base} textAnchor="end" className={styles['reads']}>
        {cut(now, 14)}
        {lane.state === 'running' && <title>{listPartitions(lane.reads)}</title>}
      </text>
      <g clipPath={clip}>
        {lane.bars.map((bar) => {
          const colour = colourOf(bar.places[0]?.partition ?? 0)
          const width = x(bar.to) - x(bar.from)
          return (
            <g key={bar.from}>
              <rect
                x={x(bar.from)}
                y={y}
                width={Math.max(1, width)}
                height={BAR}
                rx="2"
                className={styles['bar']}
                fill={colour}
                stroke={colour}
              >
                <title>{`${lane.id}: ${listPartitions(bar.places)}, ${format.clock(bar.from)} – ${format.clock(bar.to)}`}</title>
              </rect>
              {width > 28 && (
                <text x={x(bar.from) + 7} y={base} className={styles['partition']} style={{ fill: colour }}>
                  {cut(names(bar.places), Math.floor((width - 10) / 8))}
                </text>
              )}
            </g>
          )
        })}
        {lane.idle.map(({ from, to }) => (
          <g key={from}>
            <rect
              x={x(from) + 0.5}
              y={y + 0.5}
              width={Math.max(1, x(to) - x(from) - 1)}
              height={BAR - 1}
              rx="2"
              fill="none"
              stroke="var(--line-strong)"
              strokeDasharray="3 3"
            />
            <text
              x={x(to) - x(from) > IDLE_ROOM ? x(from) + 8 : x(from) - 8}
              y={base}
              className={styles['told']}
              textAnchor={x(to) - x(from) > IDLE_ROOM ? 'start' : 'end'}
            >
              {idleText}
            </text>
          </g>
        ))}
        {lane.killed.map((gap) => {
          const at = Math.round(x(gap.from))
          const length = gap.to - gap.from
          const told = {
            time: format.clock(gap.from),
            partitions: names(gap.places),
            length: format.duration(length),
          }
          const text = gap.ended
            ? t('lanes.killed', {
                ...told,
                timeout: format.duration(length - gap.pausedFor),
                pause: format.duration(gap.pausedFor),
              })
            : t('lanes.unread', told)
          // Beside what it is about, on the side that has room.
          const room = right - x(gap.to)
          return (
            <g key={gap.from}>
              <rect x={at} y={y} width={Math.max(1, x(gap.to) - at)} height={BAR} fill={unread} />
              <path
                d={`M${at - 5} ${y + 6}l10 10m0-10l-10 10`}
                stroke="var(--bad)"
                strokeWidth="2"
                strokeLinecap="round"
              />
              <text
                x={room > 420 ? x(gap.to) + 8 : Math.max(left + 8, at - 12)}
                y={base}
                textAnchor={room > 420 ? 'start' : 'end'}
                className={styles['told']}
              >
                {text}
              </text>
            </g>
          )
        })}
      </g>
    </g>
  )
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, Math.max(1, most - 1))}…` : text
}
