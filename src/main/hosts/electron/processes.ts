import { join } from 'node:path'
import type { UtilityProcess } from 'electron'
import type { ElectronApi } from './electron-api.ts'

/** glibc would keep memory apart for each of the engine's threads; elsewhere it means nothing. */
const ENGINE_ENVIRONMENT = { MALLOC_ARENA_MAX: '2' }

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
        execArgv: ['--max-semi-space-size=8'],
        env: { ...environment, ...ENGINE_ENVIRONMENT },
        stdio: 'inherit',
      }),
    emulator: (args, own) =>
      utilityProcess.fork(join(folder, 'emulator.js'), [...args], {
        serviceName: 'Tapedeck demo market',
        execArgv: ['--max-semi-space-size=4', '--max-old-space-size=96'],
        env: { ...environment, ...own },
        stdio: 'inherit',
      }),
  }
}
