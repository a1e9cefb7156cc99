import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeWhole } from '../../settings-file.ts'

/** Where a process answers: a port on loopback, and what opens it. */
export interface Address {
  readonly pid: number
  readonly port: number
  readonly token: string
}

/** Commands that others can ask how they are. The first two are whole engines. */
export type Role = 'serve' | 'collect' | 'consume' | 'process'

/** How what runs is found by other commands: engine.json in its data folder, readable by its user alone. */
export interface EngineFile extends Address {
  readonly role: Role
}

export function writeEngineFile(folder: string, file: EngineFile): Promise<void> {
  return writeWhole(join(folder, 'engine.json'), `${JSON.stringify(file)}\n`)
}

/** Takes this process's own file away; another's stays. */
export function removeEngineFile(folder: string): void {
  if (readEngineFile(folder)?.pid === process.pid) rmSync(join(folder, 'engine.json'), { force: true })
}

/** What runs on a folder, if something does. A file left behind by a killed process does not count. */
export function readEngineFile(folder: string): EngineFile | undefined {
  try {
    const file = JSON.parse(readFileSync(join(folder, 'engine.json'), 'utf8')) as EngineFile
    process.kill(file.pid, 0)
    return file
  } catch {
    return undefined
  }
}
