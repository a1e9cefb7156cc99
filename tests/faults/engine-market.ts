/** An emulated market under load, and engines that collect it, one after the other, into one folder. */

import { rmSync } from 'node:fs'
import { afterAll, beforeAll } from 'vitest'
import type { Emulator } from '../../src/main/emulator/spawn.ts'
import { spawnEmulator } from '../../src/main/emulator/spawn.ts'
import type { Command } from '../tapedeck.ts'
import { start, tempFolder } from '../tapedeck.ts'

/** What the engines collect. */
export const MARKETS = ['upbit:BTC/KRW', 'upbit:ETH/KRW', 'binance:BTC/USDT']
/** Of the moments at which a test strikes: printed, so that a run can be had again. */
export const SEED = Number(process.env['TAPEDECK_SEED'] ?? Date.now() % 1_000_000)

export interface EngineMarket {
  readonly folder: string
  /** There once the file's tests run. */
  readonly emulator: Emulator
  collect(): Command
}

/** Opens it before a file's tests and clears it away after them. `seed`: of the market. */
export function openEngineMarket(seed: number): EngineMarket {
  const folder = tempFolder()
  let emulator: Emulator
  beforeAll(async () => {
    emulator = await spawnEmulator({ rate: 2_000, seed })
  })
  afterAll(async () => {
    await emulator?.close()
    rmSync(folder, { recursive: true })
  })
  return {
    folder,
    get emulator() {
      return emulator
    },
    collect: () =>
      start(['collect', '--data', folder, '--markets', MARKETS.join()], {
        environment: { TAPEDECK_EXCHANGES_AT: `http://127.0.0.1:${emulator.port}` },
      }),
  }
}
