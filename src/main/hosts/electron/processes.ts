import { join } from 'node:path'
import type { UtilityProcess } from 'electron'
import type { ElectronApi } from './electron-api.ts'

/** glibc would keep memory apart for each of the engine's threads; elsewhere it means nothing. */
const ENGINE_ENVIRONMENT = { MALLOC_ARENA_MAX: '2' }
// A utility process hears V8's flags by Chromium's switch alone, not as Node does. They are those of scripts/bootstrap.mjs.
const ENGINE_FLAGS = '--js-flags=--max-semi-space-size=8'
const EMULATOR_FLAGS = '--js-flags=--max-semi-space-size=4 --max-old-space-size=96'

/** The processes beside main: the engine, and the demo's market. `folder`: of the built main. */
export interface Processes {
  engine(args: readonly string[]): UtilityProcess
  emulator(args: readonly string[], environment: Readonly<Record<string, string>>): UtilityProcess
}

export function createProcesses(
  { utilityProcess }: Pick<ElectronApi, 'utilityProcess'>,
  folder: string,
  environment: NodeJS.ProcessEnv,
): Processes {
  return {
    engine: (args) =>
      utilityProcess.fork(join(folder, 'engine-process.js'), [...args], {
        serviceName: 'Tapedeck engine',
        execArgv: [ENGINE_FLAGS],
        env: { ...environment, ...ENGINE_ENVIRONMENT },
        stdio: 'inherit',
      }),
    emulator: (args, own) =>
      utilityProcess.fork(join(folder, 'emulator.js'), [...args], {
        serviceName: 'Tapedeck demo market',
        execArgv: [EMULATOR_FLAGS],
        env: { ...environment, ...own },
        stdio: 'inherit',
      }),
  }
}
