/** Runs the emulator beside the caller: the demo's market, and the tests' counterpart. */

import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import type { Millis, VenueId } from '../../shared/market.ts'
import type { Command, EmulatorStats } from './control.ts'
import type { EmulatorFault } from './faults.ts'
import { toCommandLine } from './options.ts'
import type { EmulatorOptions } from './options.ts'
import type { SentAnswer, SentQuery } from './record.ts'

export type { EmulatorStats, VenueStats } from './control.ts'
export type { EmulatorFault } from './faults.ts'
export type { EmulatorOptions } from './options.ts'
export type { SentAnswer, SentQuery, SentTrade } from './record.ts'

export interface Endpoint {
  /** To stand in place of the venue's scheme and host; path and query stay the venue's own. */
  readonly ws: string
  readonly rest: string
}

/** An emulator process. It ends when closed, and when the process that spawned it ends, however that happens. */
export interface Emulator {
  readonly port: number
  /** For POST /control. */
  readonly token: string
  /** Of the emulated venues, and of the hosts of news. */
  readonly endpoints: Readonly<Partial<Record<VenueId | 'news', Endpoint>>>
  /** Resolves when the fault is in force. Rejects with one sentence when it is none. */
  inject(fault: EmulatorFault): Promise<void>
  /** The emulator's own record of the trades that it sent. */
  sent(query?: SentQuery): Promise<SentAnswer>
  stats(): Promise<EmulatorStats>
  /** Settles when the process has ended of itself or by `close`: its exit code, undefined after a signal. */
  readonly ended: Promise<number | undefined>
  close(): Promise<void>
}

interface Ready {
  readonly port: number
  readonly venues: readonly VenueId[]
  readonly token: string
}

/** From the emulator: that it is ready, or the answer to a command. */
interface Message {
  readonly ready?: Ready
  readonly ask?: number
  readonly result?: unknown
  readonly error?: string
}

const START_WITHIN: Millis = 15_000
const END_WITHIN: Millis = 2_000

/** Unbundled, the entry is the source beside this file; in a build it is `emulator.js` beside the caller's chunk. */
function entry(): string {
  const name = import.meta.url.endsWith('.ts') ? './main.ts' : './emulator.js'
  return fileURLToPath(new URL(name, import.meta.url))
}

const HEAP_MB = 96
/** A long record, and its whole answer, take up to half a kilobyte a trade. */
const TRADES_PER_MB = 2_000

function heapFor(record: number): number {
  return HEAP_MB + Math.ceil(record / TRADES_PER_MB)
}

/** Starts an emulator. Rejects when it does not say within 15 s where it listens, with what it said instead. */
export async function spawnEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const token = options.token ?? randomBytes(16).toString('hex')
  const child = fork(entry(), [...toCommandLine(options)], {
    execPath: process.execPath,
    execArgv: ['--max-semi-space-size=4', `--max-old-space-size=${heapFor(options.record ?? 0)}`],
    env: { ...process.env, TAPEDECK_EMULATOR_TOKEN: token },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
    // A group of its own: a terminal's Ctrl-C does not reach it while it is starting either. On Windows that would open a console.
    detached: process.platform !== 'win32',
  })

  let complaint = ''
  child.stderr?.on('data', (part: Buffer) => (complaint = (complaint + String(part)).slice(-2_000)))
  const waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>()
  let asked = 0

  const ended = new Promise<number | undefined>((resolve) => {
    child.once('exit', (code) => {
      for (const waiter of waiting.values()) waiter.reject(new Error('The emulator has ended.'))
      waiting.clear()
      resolve(code ?? undefined)
    })
  })

  const ready = await new Promise<Ready>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`The emulator did not start within ${START_WITHIN / 1_000} s.`))
    }, START_WITHIN)
    child.once('error', reject)
    void ended.then(() => {
      clearTimeout(timer)
      reject(new Error(`The emulator did not start: ${complaint.trim() || 'it ended without a word.'}`))
    })
    child.on('message', ({ ready: given, ask, result, error }: Message) => {
      if (given !== undefined) {
        clearTimeout(timer)
        resolve(given)
      }
      if (ask === undefined) return
      const waiter = waiting.get(ask)
      waiting.delete(ask)
      if (error === undefined) waiter?.resolve(result)
      else waiter?.reject(new Error(error))
    })
  })

  function tell(command: Command): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (!child.connected) return reject(new Error('The emulator has ended.'))
      asked += 1
      waiting.set(asked, { resolve, reject })
      child.send({ ask: asked, command })
    })
  }

  async function close(): Promise<void> {
    if (child.connected) child.disconnect()
    const timer = setTimeout(() => child.kill('SIGKILL'), END_WITHIN)
    await ended
    clearTimeout(timer)
  }

  const { port, venues } = ready
  return {
    port,
    token,
    endpoints: endpointsOf(port, venues),
    async inject(fault) {
      await tell({ command: 'inject', fault })
    },
    sent: async (query = {}) => (await tell({ command: 'sent', query })) as SentAnswer,
    stats: async () => (await tell({ command: 'stats' })) as EmulatorStats,
    ended,
    close,
  }
}

/** Where the venues of an emulator at this port are reached. */
export function endpointsOf(port: number, venues: readonly VenueId[]): Emulator['endpoints'] {
  return Object.fromEntries(
    [...venues, 'news'].map((venue) => [
      venue,
      { ws: `ws://127.0.0.1:${port}/${venue}`, rest: `http://127.0.0.1:${port}/${venue}` },
    ]),
  )
}
