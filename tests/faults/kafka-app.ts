/** Runs the child that collects and forwards, and knows how it is. */

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Endpoints } from '../../src/main/feed/network.ts'
import type { OutboxView } from '../../src/shared/kafka-view.ts'

export interface ChildSettings {
  readonly folder: string
  readonly brokers: readonly string[]
  readonly endpoints: Endpoints
  readonly collector: string
}

export interface ChildReport {
  readonly outbox: OutboxView
  /** Trades that came from the exchanges since the start. */
  readonly trades: number
  readonly pending: number
  readonly dropped: number
  /** Records not stored yet. */
  readonly behind: number
  readonly rss: number
  /** Longest time, since the report before, in which the engine's thread did nothing else. In ms. */
  readonly stall: number
}

export interface App {
  report(): ChildReport | undefined
  /** Waits until a report passes. Rejects when it takes longer than `within` ms, or the app ends. */
  until(what: string, passes: (report: ChildReport) => boolean, within: number): Promise<void>
  /** Most memory, and longest stall, so far. */
  readonly worst: { readonly rss: number; readonly stall: number }
  /** Waits until no trade has come for a second and all that came is in the journal. */
  quiet(): Promise<void>
  kill(): Promise<void>
  /** Ends in the order of the engine; rejects where it does not end of itself. */
  close(): Promise<void>
}

const CHILD = fileURLToPath(new URL('./kafka-child.ts', import.meta.url))

export function startKafkaApp(settings: ChildSettings): App {
  const child = fork(CHILD, [JSON.stringify(settings)], { stdio: ['ignore', 'inherit', 'pipe', 'ipc'] })
  let last: ChildReport | undefined
  let said = ''
  const worst = { rss: 0, stall: 0 }
  const listeners = new Set<() => void>()
  child.stderr?.on('data', (part: Buffer) => (said = (said + String(part)).slice(-4_000)))
  child.on('message', (report: ChildReport) => {
    last = report
    worst.rss = Math.max(worst.rss, report.rss)
    worst.stall = Math.max(worst.stall, report.stall)
    for (const listener of listeners) listener()
  })
  const exited = once(child, 'exit').then(() => {
    for (const listener of listeners) listener()
  })

  const app: App = {
    report: () => last,
    worst,
    until(what, passes, within) {
      return new Promise((resolve, reject) => {
        const settle = (end: () => void) => {
          clearTimeout(timer)
          listeners.delete(look)
          end()
        }
        const look = () => {
          if (last && passes(last)) settle(resolve)
          else if (child.exitCode !== null || child.signalCode !== null)
            settle(() => reject(new Error(`The app ended while waiting until ${what}:\n${said}`)))
        }
        const timer = setTimeout(
          () =>
            settle(() =>
              reject(new Error(`It took longer than ${within} ms until ${what}: ${JSON.stringify(last)}\n${said}`)),
            ),
          within,
        )
        listeners.add(look)
        look()
      })
    },
    async quiet() {
      let trades = -1
      let since = 0
      await app.until(
        'no trade comes any more',
        (report) => {
          if (report.trades !== trades) since = Date.now()
          trades = report.trades
          return Date.now() - since > 1_000 && report.pending === 0
        },
        60_000,
      )
    },
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
    async close() {
      if (!child.connected) return
      child.send('close')
      const timer = setTimeout(() => child.kill('SIGKILL'), 90_000)
      await exited
      clearTimeout(timer)
      if (child.signalCode !== null) throw new Error(`The app did not end of itself:\n${said}`)
    },
  }
  return app
}
