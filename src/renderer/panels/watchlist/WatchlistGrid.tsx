import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useSettings } from '../../bridge/settings-store.ts'
import { focus, instruments, sparks, useFocus } from '../../market/market.ts'
import { usePremiumTickers } from '../../market/premium.ts'
import { useVenueState } from '../../market/venue-state.ts'
import { useWatchlistActions } from '../../market/watchlist-actions.ts'
import type { InstrumentKey } from '../../../shared/market.ts'
import { venueOf } from '../../../shared/market.ts'
import { classes } from '../../ui/classes.ts'
import { useViewport } from '../trade/use-viewport.ts'
import { GroupRow } from './GroupRow.tsx'
import { MarketRow } from './MarketRow.tsx'
import { Skeleton } from './Skeleton.tsx'
import { onWatchKey } from './watchlist-keys.ts'
import type { Grouping, WatchRow } from './watchlist-rows.ts'
import { lineOf } from './row-moves.ts'
import { scrollFor, toOffsets, toWindow } from './row-offsets.ts'
import { useRowDrag } from './use-row-drag.ts'
import { useRowMoves } from './use-row-moves.ts'
import { toRows } from './watchlist-rows.ts'
import { arrangement, toggleGroup } from './watchlist-store.ts'
import styles from './Watchlist.module.css'

export interface WatchlistGridProps {
  readonly keys: readonly InstrumentKey[]
  readonly grouping: Grouping
  readonly loading: boolean
}

const ROW = { dense: 24, comfortable: 30 } as const
const ID = 'watch-row-'

/** The list as a grid of rows on demand: one stop for Tab, arrows move, Enter opens, Delete removes, Alt with an arrow or a drag reorders. */
export function WatchlistGrid({ keys, grouping, loading }: WatchlistGridProps) {
  const { t } = useTranslation('market')
  const density = useSettings().density
  const collapsed = useStore(arrangement, (state) => state.collapsed)
  const byKey = useStore(instruments, (state) => state.byKey)
  const rows = useMemo(() => toRows({ keys, grouping, collapsed, byKey }), [keys, grouping, collapsed, byKey])
  const focused = useFocus()
  const actions = useWatchlistActions()
  const [activeId, setActiveId] = useState<string>()
  const scroller = useRef<HTMLDivElement>(null)
  const view = useViewport(scroller)
  const offsets = useMemo(
    () => toOffsets(rows.map((row) => ROW[density] + (row.kind === 'group' ? 1 : 0))),
    [rows, density],
  )
  const { first, last } = toWindow(offsets, view)
  const shown = rows.slice(first, last)
  useSparks(shown)
  usePremiumTickers('watchlist premium', keys)

  const found = rows.findIndex((row) => row.id === (activeId ?? focused))
  const active = found < 0 ? 0 : found
  const show = (index: number) => {
    if (scroller.current) scroller.current.scrollTop = scrollFor(offsets, index, view)
  }
  const moveTo = (index: number) => {
    setActiveId(rows[index]?.id)
    show(index)
  }
  const { said, move } = useRowMoves(rows, actions)
  const moveRow = (from: number, to: number) => {
    setActiveId(rows[from]?.id)
    if (move(from, to)) show(to)
  }
  const { drag, onPointerDown } = useRowDrag({ scroller, rows, offsets, move: moveRow })
  const line = drag && lineOf(drag, offsets)
  return (
    <>
      <div className={classes(styles['columns'], styles['head'])} aria-hidden>
        <span className={styles['symbol']}>{t('watchlist.market')}</span>
        <span>{t('watchlist.day')}</span>
        <span className={styles['number']}>{t('watchlist.last')}</span>
        <span className={styles['number']}>{t('watchlist.change')}</span>
        <span className={styles['number']}>{t('watchlist.premium')}</span>
      </div>
      {loading && <Skeleton />}
      <div
        ref={scroller}
        role="treegrid"
        tabIndex={0}
        aria-label={t('watchlist.title')}
        aria-description={t('watchlist.hint')}
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
        aria-rowcount={rows.length}
        aria-activedescendant={rows.length > 0 ? ID + active : undefined}
        className={classes(styles['body'], drag && styles['dragging'])}
        onKeyDown={(event) => onWatchKey(event, { rows, active, moveTo, moveRow, actions })}
        onPointerDown={onPointerDown}
      >
        <div role="rowgroup" className={styles['rows']} style={{ height: offsets.at(-1) }}>
          {shown.map((row, place) => {
            const index = first + place
            return (
              <RowFrame
                key={row.id}
                row={row}
                index={index}
                top={offsets[index] ?? 0}
                active={index === active}
                held={index === drag?.from}
                focused={focused}
                onPick={setActiveId}
              >
                {row.kind === 'group' ? (
                  <GroupRow group={row} />
                ) : (
                  <MarketRow
                    market={row.key}
                    grouping={grouping}
                    slot={row.slot}
                    rank={row.key === focused ? 0 : index + 1}
                  />
                )}
              </RowFrame>
            )
          })}
        </div>
        {line !== undefined && (
          <i aria-hidden data-drop className={styles['drop']} style={{ transform: `translateY(${line}px)` }} />
        )}
      </div>
      <span role="status" className="visually-hidden">
        {said}
      </span>
    </>
  )
}

interface RowFrameProps {
  readonly row: WatchRow
  readonly index: number
  readonly top: number
  readonly active: boolean
  /** Being dragged. */
  readonly held: boolean
  readonly focused: InstrumentKey | undefined
  readonly onPick: (id: string) => void
  readonly children: React.ReactNode
}

function RowFrame({ row, index, top, active, held, focused, onPick, children }: RowFrameProps) {
  const group = row.kind === 'group'
  const selected = !group && row.key === focused
  const { isLate } = useVenueState(group ? '' : venueOf(row.key))
  return (
    <div
      role="row"
      id={ID + index}
      aria-rowindex={index + 1}
      aria-selected={selected}
      {...(group ? { 'aria-expanded': !row.collapsed } : {})}
      className={classes(
        group ? styles['group'] : classes(styles['columns'], styles['row']),
        selected && styles['selected'],
        active && styles['active'],
        held && styles['held'],
        !group && isLate && styles['stale'],
      )}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => {
        onPick(row.id)
        if (group) toggleGroup(row.id)
        else focus.openMarket(row.key)
      }}
    >
      {children}
    </div>
  )
}

/** Asks for the small lines of the rows on screen. */
function useSparks(rows: readonly (WatchRow | undefined)[]): void {
  const seen = rows.flatMap((row) => (row?.kind === 'market' ? [row.key] : []))
  const text = seen.join(' ')
  useEffect(() => {
    const keys = text === '' ? [] : (text.split(' ') as InstrumentKey[])
    const see = () => sparks.see(keys, Date.now())
    see()
    const timer = setInterval(see, 60_000)
    return () => clearInterval(timer)
  }, [text])
}
