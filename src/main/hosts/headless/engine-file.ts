import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeWhole } from '../../settings-file.ts'

/** How a running engine is found by other commands: engine.json in its data folder, readable by its user alone. */
export interface EngineFile {
  readonly pid: number
  readonly port: number
  readonly token: string
}

export function writeEngineFile(folder: string, file: EngineFile): Promise<void> {
  return writeWhole(join(folder, 'engine.json'), `${JSON.stringify(file)}\n`)
}

export function removeEngineFile(folder: string): void {
  rmSync(join(folder, 'engine.json'), { force: true })
}

/** The engine that runs on a folder, if one does. A file left behind by a killed one does not count. */
export function readEngineFile(folder: string): EngineFile | undefined {
  try {
    const file = JSON.parse(readFileSync(join(folder, 'engine.json'), 'utf8')) as EngineFile
    process.kill(file.pid, 0)
    return file
  } catch {
    return undefined
  }
}
