import type { VenueId } from '../../../shared/market.ts'
import { toCommandLine } from '../../emulator/options.ts'
import { endpointsOf } from '../../emulator/spawn.ts'
import type { OpenEmulator } from '../keep-emulator.ts'
import type { EmulatorAt } from './emulator-process.ts'
import type { AskMain } from './main-asker.ts'

/** The demo's market, started by main. */
export function createRemoteEmulator(ask: AskMain): OpenEmulator {
  return async (options) => {
    const { port, venues } = (await ask({ ask: 'emulator.start', args: [...toCommandLine(options)] })) as EmulatorAt
    return {
      port,
      endpoints: endpointsOf(port, venues as readonly VenueId[]),
      // Asked at once, and answered when it ends.
      ended: ask({ ask: 'emulator.ended' }) as Promise<number | undefined>,
      close: async () => void (await ask({ ask: 'emulator.stop' })),
    }
  }
}
