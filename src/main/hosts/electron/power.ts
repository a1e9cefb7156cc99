import type { PowerMonitor } from 'electron'
import type { PowerState } from './engine-messages.ts'

export interface PowerParts {
  readonly powerMonitor: Pick<PowerMonitor, 'on'>
  readonly tell: (state: PowerState) => void
  readonly quit: () => void
}

/** Tells the engine of the machine's sleep, and quits in order when the machine is shut down. */
export function followPower({ powerMonitor, tell, quit }: PowerParts): void {
  powerMonitor.on('suspend', () => tell('suspended'))
  powerMonitor.on('resume', () => tell('resumed'))
  // Held, the system waits for us; else it would end the process as it stands. Electron’s types leave the event out.
  powerMonitor.on('shutdown', (...[event]: readonly { preventDefault(): void }[]) => {
    event?.preventDefault()
    quit()
  })
}
