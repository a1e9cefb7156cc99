import { useState } from 'react'
import type { BookRow } from '../../../shared/market-view.ts'
import type { Decimal, InstrumentKey } from '../../../shared/market.ts'
import { MiddleRow } from '../book/MiddleRow.tsx'
import type { Depth, DepthView as View } from './depth-model.ts'
import { toDepth, toView } from './depth-model.ts'
import { DepthChart } from './DepthChart.tsx'
import styles from './Depth.module.css'

export interface DepthViewProps {
  readonly instrument: InstrumentKey
  readonly book: BookRow | undefined
  readonly decimals: number
  readonly tick: Decimal
}

/** The depth of the book as curves, with the spread below them. As high as the ladder, so that nothing moves. */
export function DepthView({ instrument, book, decimals, tick }: DepthViewProps) {
  const depth = book && toDepth(book)
  const view = useSteadyView(depth)
  return (
    <div className={styles['depth']}>
      {book && depth && view ? (
        <DepthChart
          instrument={instrument}
          depth={depth}
          view={view}
          decimals={decimals}
          tick={Number(tick)}
          isStale={book.stale}
        />
      ) : (
        <div className={styles['none']} />
      )}
      <div role="table" aria-hidden={book === undefined}>
        <MiddleRow instrument={instrument} book={book} decimals={decimals} />
      </div>
    </div>
  )
}

/** What is in view, held while the book fills it. */
function useSteadyView(depth: Depth | undefined): View | undefined {
  const [held, setHeld] = useState<View>()
  if (!depth) return held
  const next = toView(depth, held)
  if (held?.half === next.half && held.most === next.most) return held
  setHeld(next)
  return next
}
