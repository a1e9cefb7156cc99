import type { PowerSaveBlocker } from 'electron'

/** Keeps the system from falling asleep while asked to. The screen may go dark. */
export interface KeepAwake {
  apply(awake: boolean): void
}

export function createKeepAwake(blocker: Pick<PowerSaveBlocker, 'start' | 'stop'>): KeepAwake {
  let id: number | undefined
  return {
    apply(awake) {
      if (awake && id === undefined) id = blocker.start('prevent-app-suspension')
      else if (!awake && id !== undefined) {
        blocker.stop(id)
        id = undefined
      }
    },
  }
}
