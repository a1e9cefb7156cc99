import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Millis } from '../../../../shared/market.ts'
import { SECOND } from '../../../../shared/market.ts'
import { useFormat } from '../../../ui/use-format.ts'
import { groupReasonText } from '../parts/reason-text.ts'
import { useSize } from '../parts/use-size.ts'
import styles from './Consumers.module.css'
import type { Lanes } from './lanes.ts'
import { LaneView } from './LaneView.tsx'

const LEFT = 250
const RIGHT = 16
const TOP = 4
const FOOT = 20
const MOST_LANE = 44
const LEAST_LANE = 28
const TICK: Millis = 15 * SECOND

/** The rebalance time line: a lane per member, pauses as amber hatch over all of them. */
export function LanePlot({ lanes, name }: { readonly lanes: Lanes; readonly name: string }) {
  const { t } = useTranslation('kafka')
  const { t: sayFault } = useTranslation('faults')
  const format = useFormat()
  const id = useId()
  const [box, size] = useSize<HTMLDivElement>()
  const room = size ? (size.height - TOP - FOOT) / lanes.lanes.length : MOST_LANE
  const lane = Math.max(LEAST_LANE, Math.min(MOST_LANE, room))
  const height = TOP + lane * lanes.lanes.length + FOOT
  const base = height - FOOT
  const right = (size?.width ?? 0) - RIGHT
  const x = (at: Millis) => LEFT + ((at - lanes.from) / (lanes.to - lanes.from)) * (right - LEFT)
  const first = Math.ceil(lanes.from / TICK) * TICK
  const ticks = Array.from({ length: Math.floor((lanes.to - first) / TICK) + 1 }, (_, index) => first + index * TICK)
  return (
    <div ref={box} className={styles['plot']} tabIndex={0} role="group" aria-label={t('lanes.of', { name })}>
      {size && (
        <svg width={size.width} height={height}>
          <defs>
            <pattern
              id={`${id}-pause`}
              width="5"
              height="5"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <path d="M0 0V5" stroke="var(--warn)" strokeWidth="1.6" opacity=".75" />
            </pattern>
            <pattern id={`${id}-unread`} width="4" height="4" patternUnits="userSpaceOnUse">
              <path d="M0 2H4" stroke="var(--bad)" opacity=".55" />
            </pattern>
            <clipPath id={`${id}-time`}>
              <rect x={LEFT} y="0" width={Math.max(0, right - LEFT)} height={height} />
            </clipPath>
          </defs>
          {ticks.map((at) => (
            <g key={at}>
              <path d={`M${Math.round(x(at)) + 0.5} ${TOP}V${base}`} stroke="var(--grid)" />
              {x(at) > LEFT + 24 && x(at) < right - 24 && (
                <text x={x(at)} y={height - 5} textAnchor="middle">
                  {format.clock(at)}
                </text>
              )}
            </g>
          ))}
          {lanes.lanes.map((each, index) => (
            <LaneView
              key={each.id}
              lane={each}
              idle={t('lanes.idle', { partitions: lanes.partitions, members: lanes.members })}
              top={TOP + index * lane}
              height={lane}
              first={index === 0}
              left={LEFT}
              right={right}
              x={x}
              clip={`url(#${id}-time)`}
              unread={`url(#${id}-unread)`}
            />
          ))}
          {lanes.pauses.map((pause) => (
            <rect
              key={pause.from}
              x={x(pause.from)}
              y={TOP}
              width={Math.max(2, x(pause.to) - x(pause.from))}
              height={base - TOP}
              fill={`url(#${id}-pause)`}
            >
              <title>
                {[
                  t('lanes.pause', { length: format.duration(pause.to - pause.from) }),
                  groupReasonText(t, sayFault, pause.reason),
                ].join('\n')}
              </title>
            </rect>
          ))}
          <path d={`M${LEFT - 8.5} ${TOP}V${base}`} stroke="var(--line)" />
        </svg>
      )}
    </div>
  )
}
