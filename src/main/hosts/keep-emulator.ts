import { setTimeout as pause } from 'node:timers/promises'
import type { Millis } from '../../shared/market.ts'
import type { Emulator, EmulatorOptions } from '../emulator/spawn.ts'
import type { Log } from '../log.ts'

const FIRST_WAIT: Millis = 500
const LONGEST_WAIT: Millis = 30_000

/**
 * Opens the demo's market and keeps it open: where its process ends unasked, another takes its place at the same port, and
 * the feeds find it as they would find an exchange that has come back. Rejects when the first one does not start.
 */
export async function keepEmulator(
  open: (options: EmulatorOptions) => Promise<Pick<Emulator, 'endpoints' | 'port' | 'ended' | 'close'>>,
  options: EmulatorOptions,
  log: Pick<Log, 'warn' | 'error'>,
): Promise<Pick<Emulator, 'endpoints' | 'close'>> {
  const closing = new AbortController()
  let current = await open(options)
  const { endpoints, port } = current

  const keep = async () => {
    while (!closing.signal.aborted) {
      await current.ended
      if (closing.signal.aborted) return
      log.warn('The simulated market has ended unasked. It is started again.')
      await revive()
    }
  }
  const revive = async () => {
    for (let wait = FIRST_WAIT; !closing.signal.aborted; wait = Math.min(2 * wait, LONGEST_WAIT)) {
      await pause(wait, undefined, { signal: closing.signal }).catch(() => undefined)
      if (closing.signal.aborted) return
      try {
        current = await open({ ...options, port })
        return
      } catch (error) {
        log.error(error instanceof Error ? error.message : String(error))
      }
    }
  }
  const keeping = keep()

  return {
    endpoints,
    async close() {
      closing.abort()
      await current.close()
      await keeping
      await current.close() // one that was just being opened
    },
  }
}
