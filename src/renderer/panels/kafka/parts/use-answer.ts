import { useCallback, useEffect, useEffectEvent, useState } from 'react'
import type { Fault } from '../../../../shared/faults.ts'
import { toFault } from '../../../../shared/faults.ts'

/** An answer of the engine: the last value is kept while the same is asked again. */
export interface Answer<R> {
  readonly value?: R
  readonly fault?: Fault
  readonly asking: boolean
  /** Asks again now. */
  readonly again: () => void
}

/** Asks when the component appears, when `key` changes and every `every` ms. A key of undefined asks nothing. */
export function useAnswer<R>(key: string | undefined, ask: () => Promise<R>, every?: number): Answer<R> {
  const [told, setTold] = useState<{ readonly key: string; readonly value?: R; readonly fault?: Fault }>()
  const [round, setRound] = useState(0)
  const [answered, setAnswered] = useState('')
  const onAsk = useEffectEvent(ask)
  useEffect(() => {
    if (key === undefined) return undefined
    let current = true
    let timer: ReturnType<typeof setTimeout> | undefined
    const run = async () => {
      try {
        const value = await onAsk()
        if (current) setTold({ key, value })
      } catch (error) {
        if (current) setTold((before) => ({ ...(before?.key === key ? before : {}), key, fault: toFault(error) }))
      }
      if (!current) return
      setAnswered(`${round} ${key}`)
      if (every !== undefined) timer = setTimeout(() => void run(), every)
    }
    void run()
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [key, round, every])
  const again = useCallback(() => setRound((before) => before + 1), [])
  const mine = told?.key === key ? told : undefined
  return {
    ...(mine?.value === undefined ? {} : { value: mine.value }),
    ...(mine?.fault === undefined ? {} : { fault: mine.fault }),
    asking: key !== undefined && answered !== `${round} ${key}`,
    again,
  }
}
