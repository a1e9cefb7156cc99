import { useEffect, useState } from 'react'
import type { ExportPreview, ExportRequest } from '../../../shared/export-view.ts'
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

interface Answer {
  /** The request that it answers, as text. */
  readonly to: string
  readonly preview?: ExportPreview
  readonly fault?: Fault
}

/** What a request would write, asked once the choices rest for a moment. */
export function usePreview(request: ExportRequest | undefined): PreviewState {
  const [answer, setAnswer] = useState<Answer>()
  const key = request && JSON.stringify(request)
  useEffect(() => {
    if (key === undefined) return undefined
    let current = true
    const timer = setTimeout(() => {
      session.call('export.preview', JSON.parse(key) as ExportRequest).then(
        (preview) => current && setAnswer({ to: key, preview }),
        (error: unknown) => current && setAnswer({ to: key, fault: toFault(error) }),
      )
    }, PAUSE)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [key])
  return { ...answer, loading: key !== undefined && answer?.to !== key }
}
