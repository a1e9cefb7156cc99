import { randomBytes } from 'node:crypto'
import type { UtilityProcess } from 'electron'
import type { Millis } from '../../../shared/market.ts'

/** Where an emulator listens, and what it emulates. */
export interface EmulatorAt {
  readonly port: number
  readonly venues: readonly string[]
}

/** The demo's market. The packed app cannot run as plain Node, so main starts the emulator for the engine. */
export interface EmulatorProcess {
  /** Ends the one that runs, if any, and starts another. */
  start(args: readonly string[]): Promise<EmulatorAt>
  /** Resolves with its exit code when the one that runs has ended; at once, without one, where none runs. */
  ended(): Promise<number | undefined>
  stop(): Promise<void>
}

const START_WITHIN: Millis = 15_000
const END_WITHIN: Millis = 2_000

/** `fork` starts the emulator's entry with these arguments and variables. */
export function createEmulatorProcess(
  fork: (args: readonly string[], environment: Readonly<Record<string, string>>) => UtilityProcess,
): EmulatorProcess {
  let running: { readonly child: UtilityProcess; readonly ended: Promise<number> } | undefined

  const stop = async () => {
    const old = running
    running = undefined
    if (!old) return
    old.child.kill()
    let timer: ReturnType<typeof setTimeout> | undefined
    await Promise.race([old.ended, new Promise((resolve) => (timer = setTimeout(resolve, END_WITHIN)))])
    clearTimeout(timer)
  }

  return {
    async start(args) {
      await stop()
      const started = fork(args, { TAPEDECK_EMULATOR_TOKEN: randomBytes(16).toString('hex') })
      const ended = new Promise<number>((resolve) => void started.once('exit', resolve))
      running = { child: started, ended }
      return new Promise((resolve, reject) => {
        const fail = (text: string) => {
          clearTimeout(timer)
          reject(new Error(`The emulator did not start: ${text}`))
        }
        const timer = setTimeout(() => {
          started.kill()
          fail(`it said nothing within ${START_WITHIN / 1_000} s.`)
        }, START_WITHIN)
        started.on('message', ({ ready }: { readonly ready?: EmulatorAt }) => {
          if (!ready) return
          clearTimeout(timer)
          resolve({ port: ready.port, venues: ready.venues })
        })
        void ended.then((code) => {
          if (running?.child === started) running = undefined
          fail(`it ended with code ${code}.`)
        })
      })
    },
    ended: async () => running?.ended,
    stop,
  }
}
