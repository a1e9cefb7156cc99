import { useEffect, useRef, useState } from 'react'
import type { ExportPreview, ExportRequest } from '../../../shared/contract.ts'
import type { Fault } from '../../../shared/faults.ts'
import { toFault } from '../../../shared/faults.ts'
import { session } from '../../bridge/session.ts'

const PAUSE = 250

export interface PreviewState {
  /** Of the last request that was answered; kept while the next is asked. */
  readonly preview?: ExportPreview
  readonly fault?: Fault
  readonly loading: boolean
}

/** What a request would write, asked once the choices rest for a moment. */
export function usePreview(request: ExportRequest | undefined): PreviewState {
  const [state, setState] = useState<PreviewState>({ loading: false })
  const asked = useRef(0)
  const key = request && JSON.stringify(request)
  useEffect(() => {
    asked.current += 1
    const turn = asked.current
    if (key === undefined) {
      setState((last) => ({ ...last, loading: false }))
      return undefined
    }
    setState((last) => ({ ...last, loading: true }))
    const timer = setTimeout(() => {
      session.call('export.preview', JSON.parse(key) as ExportRequest).then(
        (preview) => turn === asked.current && setState({ preview, loading: false }),
        (error: unknown) => turn === asked.current && setState({ fault: toFault(error), loading: false }),
      )
    }, PAUSE)
    return () => clearTimeout(timer)
  }, [key])
  return state
}
