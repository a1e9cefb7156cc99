import type { UtilityProcess } from 'electron'
import { expect, it } from 'vitest'
import { createProcesses } from './processes.ts'
import { as } from './testing/fake-electron.ts'
import type { ElectronApi } from './electron-api.ts'

it('the engine and the demo’s market are utility processes with small heaps, and are told what their parent was', () => {
  const forked: unknown[] = []
  const fork = (...args: unknown[]) => {
    forked.push(args)
    return as<UtilityProcess>({})
  }
  const processes = createProcesses(
    as<Pick<ElectronApi, 'utilityProcess'>>({ utilityProcess: { fork } }),
    '/app/out/main',
    { LANG: 'ko_KR.UTF-8' },
  )
  processes.engine(['/data', '1.2.3', '--demo'])
  processes.emulator(['--rate', '50'], { TAPEDECK_SEED: '7' })
  expect(forked).toEqual([
    [
      '/app/out/main/engine-process.js',
      ['/data', '1.2.3', '--demo'],
      {
        serviceName: 'Tapedeck engine',
        execArgv: ['--js-flags=--max-semi-space-size=8'],
        env: { LANG: 'ko_KR.UTF-8', MALLOC_ARENA_MAX: '2' },
        stdio: 'inherit',
      },
    ],
    [
      '/app/out/main/emulator.js',
      ['--rate', '50'],
      {
        serviceName: 'Tapedeck demo market',
        execArgv: ['--js-flags=--max-semi-space-size=4 --max-old-space-size=96'],
        env: { LANG: 'ko_KR.UTF-8', TAPEDECK_SEED: '7' },
        stdio: 'inherit',
      },
    ],
  ])
})
