import { useCallback, useEffect, useRef, useState } from 'react'
import type { TopicRow } from '../../../../shared/kafka-view.ts'
import { session } from '../../../bridge/session.ts'

const MOST = 200
/** Scrolling past is not looking. */
const REST = 120
const EVERY = 5_000

export interface TopicRows {
  readonly of: (name: string) => TopicRow | undefined
  /** Says which names are in sight: only these are asked for. */
  readonly look: (names: readonly string[]) => void
}

/** Details of topics, asked for the rows in sight only, and again while they stay there. What was once known is kept. */
export function useTopicRows(): TopicRows {
  const known = useRef(new Map<string, TopicRow>())
  const [sight, setSight] = useState<readonly string[]>([])
  const [, setRound] = useState(0)
  const key = sight.join('\n')
  useEffect(() => {
    if (key === '') return undefined
    let current = true
    let timer: ReturnType<typeof setTimeout>
    const ask = async () => {
      try {
        const rows = await session.call('topics.rows', { topics: key.split('\n').slice(0, MOST) })
        for (const row of rows) known.current.set(row.name, row)
        if (current) setRound((round) => round + 1)
      } catch {
        // The list itself says what is wrong; the details stay as they were.
      }
      if (current) timer = setTimeout(() => void ask(), EVERY)
    }
    timer = setTimeout(() => void ask(), REST)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [key])
  const of = useCallback((name: string) => known.current.get(name), [])
  return { of, look: setSight }
}
