import type { App } from 'electron'
import type { Millis } from '../../../shared/market.ts'

/** All of quitting together may take so long. */
export const QUIT_WITHIN: Millis = 5_000

export interface QuitStep {
  readonly name: string
  run(): void | Promise<void>
}

export interface QuitParts {
  readonly app: Pick<App, 'on' | 'exit'>
  /** In order; each is waited for before the next. One that fails is told and does not keep the others from their turn. */
  readonly steps: readonly QuitStep[]
  /** When the deadline passes first. */
  readonly onLate: (step: string) => void
  readonly log: (text: string) => void
  readonly deadline?: Millis
}

/** Quitting in the order of the pipeline, under one deadline: whatever asks the app to quit, it goes through these steps once. */
export function installQuit({ app, steps, onLate, log, deadline = QUIT_WITHIN }: QuitParts): void {
  let begun = false
  const quit = async () => {
    let current = ''
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(() => {
        onLate(current)
        resolve()
      }, deadline)
    })
    const all = async () => {
      for (const step of steps) {
        current = step.name
        try {
          await step.run()
        } catch (error) {
          log(`Quitting, ${step.name}: ${error instanceof Error ? error.message : String(error)}`)
        }
      }
    }
    await Promise.race([all(), late])
    clearTimeout(timer)
    app.exit(0)
  }
  app.on('before-quit', (event) => {
    event.preventDefault()
    if (begun) return
    begun = true
    void quit()
  })
}
