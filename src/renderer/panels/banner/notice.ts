/** Which of several troubles the banner tells: the gravest. */

import type { Health, Mode } from '../../../shared/engine-view.ts'
import type { Fault } from '../../../shared/faults.ts'
import { useHealth, useMode } from '../../bridge/health-store.ts'
import type { SessionState } from '../../bridge/session.ts'
import { useSession } from '../../bridge/session.ts'

export type Notice =
  | { readonly kind: 'lost' }
  | { readonly kind: 'fault'; readonly fault: Fault }
  | { readonly kind: 'offline' }
  | { readonly kind: 'demo'; readonly mode: Mode }

/** A disk that does not take data stands before what only waits. */
export function gravestFault(health: Health | undefined): Fault | undefined {
  return health?.store.fault ?? health?.journal.fault ?? health?.csv?.fault ?? health?.faults[0]
}

/** Nobody of those asked for answers, and each has been tried. */
export function isOffline(health: Health | undefined): boolean {
  const asked = health?.venues.filter(({ state }) => state !== 'off' && state !== 'needs-key') ?? []
  return (
    asked.length > 0 &&
    asked.every((venue) => venue.state === 'down' || (venue.state === 'connecting' && venue.attempt > 1))
  )
}

export function noticeOf(
  phase: SessionState['phase'],
  health: Health | undefined,
  mode: Mode | undefined,
): Notice | undefined {
  if (phase !== 'ready') return { kind: 'lost' }
  const fault = gravestFault(health)
  if (fault) return { kind: 'fault', fault }
  if (mode?.mode === 'demo') return { kind: 'demo', mode }
  return isOffline(health) ? { kind: 'offline' } : undefined
}

/** What the banner tells now. */
export function useNotice(): Notice | undefined {
  const { phase } = useSession()
  const health = useHealth((all) => all)
  return noticeOf(phase, health, useMode())
}
