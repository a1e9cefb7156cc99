/** The connection doctor's runs, by profile: the newest of each is kept while the page lives. */

import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Fault } from '../../../../shared/faults.ts'
import type { DoctorStep } from '../../../../shared/kafka-view.ts'
import type { ClusterProfile } from '../../../../shared/kafka-settings.ts'
import type { Millis } from '../../../../shared/market.ts'
import { session } from '../../../bridge/session.ts'

export interface DoctorRun {
  readonly steps: readonly DoctorStep[]
  readonly running: boolean
  readonly startedAt: Millis
  readonly endedAt?: Millis
  /** The run itself came to an end early. */
  readonly fault?: Fault
}

const runs = createStore<{ readonly byProfile: ReadonlyMap<string, DoctorRun> }>(() => ({ byProfile: new Map() }))
const leaves = new Map<string, () => void>()

function put(id: string, run: DoctorRun | undefined): void {
  const byProfile = new Map(runs.getState().byProfile)
  if (run) byProfile.set(id, run)
  else byProfile.delete(id)
  runs.setState({ byProfile })
}

/** The newest run for a profile. */
export function useDoctorRun(id: string): DoctorRun | undefined {
  return useStore(runs, (state) => state.byProfile.get(id))
}

/** All runs, for the marks in the list of profiles. */
export function useDoctorRuns(): ReadonlyMap<string, DoctorRun> {
  return useStore(runs, (state) => state.byProfile)
}

/** Examines a profile as it is written. `password`: one that is not saved yet. `id`: where the run is kept. */
export function startDoctor(id: string, profile: ClusterProfile, password: string | undefined): void {
  stopDoctor(id)
  let run: DoctorRun = { steps: [], running: true, startedAt: Date.now() }
  put(id, run)
  leaves.set(
    id,
    session.open(
      'kafka.doctor',
      { profile, ...(password === undefined ? {} : { password }) },
      (steps) => put(id, (run = { ...run, steps })),
      (fault) => {
        leaves.delete(id)
        put(id, { ...run, running: false, endedAt: Date.now(), ...(fault ? { fault } : {}) })
      },
    ),
  )
}

/** Ends a run; what it found so far is forgotten. */
export function stopDoctor(id: string): void {
  const leave = leaves.get(id)
  leaves.delete(id)
  leave?.()
  if (leave) put(id, undefined)
}

/** The step that failed, counted from 1. */
export function failedStep(run: DoctorRun | undefined): number | undefined {
  const place = run?.steps.findIndex((step) => step.state === 'failed') ?? -1
  return place < 0 ? undefined : place + 1
}
