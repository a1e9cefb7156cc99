import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import type { Millis } from '../../shared/market.ts'
import type { Emulator, EmulatorOptions } from '../emulator/spawn.ts'
import type { Log } from '../log.ts'

/** Starts the demo's market in a process of its own. */
export type OpenEmulator = (
  options: EmulatorOptions,
) => Promise<Pick<Emulator, 'endpoints' | 'port' | 'ended' | 'close'>>

export interface KeptEmulator extends Pick<Emulator, 'endpoints' | 'close'> {
  /** From now on nothing takes its place when it ends: called before those who listen to it close. */
  release(): void
}

const FIRST_WAIT: Millis = 500
const LONGEST_WAIT: Millis = 30_000

/**
 * Opens the demo's market and keeps it open: where its process ends unasked, another takes its place at the same port, and
 * the feeds find it as they would find an exchange that has come back. Rejects when the first one does not start.
 */
export async function keepEmulator(
  open: OpenEmulator,
  options: EmulatorOptions,
  log: Pick<Log, 'warn' | 'error'>,
): Promise<KeptEmulator> {
  const releasing = new AbortController()
  const { signal } = releasing
  const released = once(signal, 'abort')
  let current = await open(options)
  const { endpoints, port } = current

  const keep = async () => {
    while (!signal.aborted) {
      await Promise.race([current.ended, released])
      if (signal.aborted) return
      log.warn('The simulated market has ended unasked. It is started again.')
      await revive()
    }
  }
  const revive = async () => {
    for (let wait = FIRST_WAIT; !signal.aborted; wait = Math.min(2 * wait, LONGEST_WAIT)) {
      await pause(wait, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return
      try {
        current = await open({ ...options, port })
        return
      } catch (error) {
        if (!signal.aborted) log.error(error instanceof Error ? error.message : String(error))
      }
    }
  }
  const keeping = keep()

  return {
    endpoints,
    release: () => releasing.abort(),
    async close() {
      releasing.abort()
      await current.close()
      await keeping
      await current.close() // one that was just being opened
    },
  }
}
