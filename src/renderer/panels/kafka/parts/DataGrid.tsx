import type { ReactNode } from 'react'
import { useEffect, useId, useRef, useState } from 'react'
import { classes } from '../../../ui/classes.ts'
import { stepIndex } from '../../../ui/roving.ts'
import { useViewport } from '../../trade/use-viewport.ts'
import styles from './DataGrid.module.css'

export interface Column<Row> {
  readonly id: string
  readonly head: ReactNode
  /** A grid track: '84px', 'minmax(120px, 1fr)'. */
  readonly width: string
  readonly right?: boolean
  readonly cell: (row: Row, index: number) => ReactNode
  /** The whole text where the cell may cut it. */
  readonly full?: (row: Row) => string | undefined
}

export interface DataGridProps<Row> {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  /** Height of a row in px. */
  readonly row?: number
  readonly selected?: string | undefined
  readonly onSelect?: (row: Row) => void
  /** The rows in sight, told when they change. */
  readonly onSight?: (first: number, last: number) => void
  /** Keeps the newest row, at the bottom, in sight. */
  readonly stick?: boolean
  /** Below this width the grid scrolls sideways. */
  readonly least?: number
  readonly toneOf?: (row: Row) => 'dim' | 'marked' | undefined
  /** In place of rows. */
  readonly empty?: ReactNode
}

const HEAD = 24
const AROUND = 6

/** A table of rows on demand: one stop for Tab, arrows, Home, End and page keys move, and choose where a choice means something. */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { label, columns, rows, keyOf, row: height = 24, selected, onSelect, onSight, stick = false } = props
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const view = useViewport(scroller)
  const [active, setActive] = useState(0)
  const first = Math.max(0, Math.floor(view.top / height) - AROUND)
  const last = Math.min(rows.length, Math.ceil((view.top + view.height - HEAD) / height) + AROUND)
  const chosen = selected === undefined ? -1 : rows.findIndex((row) => keyOf(row) === selected)
  const current = Math.min(chosen < 0 ? active : chosen, rows.length - 1)
  const tracks = { gridTemplateColumns: columns.map((column) => column.width).join(' ') }

  useEffect(() => onSight?.(first, last), [first, last, onSight])
  useEffect(() => {
    if (stick && scroller.current) scroller.current.scrollTop = rows.length * height
  }, [stick, rows, height])

  const moveTo = (index: number) => {
    const row = rows[index]
    const box = scroller.current
    if (!row || !box) return
    setActive(index)
    onSelect?.(row)
    const top = index * height
    if (top < box.scrollTop) box.scrollTop = top
    else if (top + height + HEAD > box.scrollTop + box.clientHeight)
      box.scrollTop = top + height + HEAD - box.clientHeight
  }
  const onKeyDown = (event: React.KeyboardEvent<HTMLDivElement>) => {
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') return
    const page = Math.max(1, Math.floor((view.height - HEAD) / height) - 1)
    const next =
      event.key === 'PageDown'
        ? Math.min(rows.length - 1, current + page)
        : event.key === 'PageUp'
          ? Math.max(0, current - page)
          : stepIndex(event.key, current, rows.length)
    if (next === undefined) return
    event.preventDefault()
    moveTo(next)
  }
  const isEmpty = rows.length === 0 && props.empty !== undefined
  return (
    <>
      <div
        ref={scroller}
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-activedescendant={current >= first && current < last ? `${id}-${current}` : undefined}
        className={classes(styles['grid'], isEmpty && styles['short'])}
        onKeyDown={onKeyDown}
      >
        <div className={styles['sheet']} style={{ minWidth: props.least }}>
          <div role="row" aria-rowindex={1} className={classes(styles['row'], styles['head'])} style={tracks}>
            {columns.map((column) => (
              <span key={column.id} role="columnheader" className={classes(column.right && styles['right'])}>
                {column.head}
              </span>
            ))}
          </div>
          <div role="rowgroup" className={styles['rows']} style={{ height: rows.length * height }}>
            {rows.slice(first, last).map((row, place) => {
              const index = first + place
              const key = keyOf(row)
              const tone = props.toneOf?.(row)
              return (
                <div
                  key={key}
                  id={`${id}-${index}`}
                  role="row"
                  aria-rowindex={index + 2}
                  {...(onSelect ? { 'aria-selected': key === selected } : {})}
                  className={classes(
                    styles['row'],
                    onSelect && styles['choice'],
                    tone && styles[tone],
                    key === selected && styles['selected'],
                    index === current && styles['active'],
                  )}
                  style={{ ...tracks, height, top: index * height }}
                  onClick={() => moveTo(index)}
                >
                  {columns.map((column) => (
                    <span
                      key={column.id}
                      role="gridcell"
                      title={column.full?.(row)}
                      className={classes(column.right && styles['right'])}
                    >
                      {column.cell(row, index)}
                    </span>
                  ))}
                </div>
              )
            })}
          </div>
        </div>
      </div>
      {isEmpty && <div className={styles['empty']}>{props.empty}</div>}
    </>
  )
}
