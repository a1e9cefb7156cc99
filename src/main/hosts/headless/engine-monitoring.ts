import { statfs } from 'node:fs/promises'
import type { Engine } from '../../engine.ts'
import type { Monitoring } from '../../metrics/monitoring.ts'
import { createMonitoring } from '../../metrics/monitoring.ts'

/** Metrics and health of whatever engine runs when they are asked for. */
export function createEngineMonitoring(engine: () => Pick<Engine, 'folder' | 'facts'> | undefined): Monitoring {
  return createMonitoring(async () => {
    const running = engine()
    if (!running) return undefined
    const diskFree = await freeBytes(running.folder)
    return { ...running.facts(), ...(diskFree === undefined ? {} : { diskFree }) }
  })
}

async function freeBytes(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch {
    return undefined // Not every file system tells; then neither do we.
  }
}
