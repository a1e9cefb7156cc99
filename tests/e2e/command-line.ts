/** What tests of the command line have in common. */

import { existsSync, readFileSync, readdirSync } from 'node:fs'
import type { Command } from '../tapedeck.ts'
import { run, start, until } from '../tapedeck.ts'

/** Lines of JSON, read. */
export function linesOf(text: string): unknown[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown)
}

/** Processes of the emulator that have this parent. */
export function emulatorsOf(parent: number): number[] {
  return readdirSync('/proc').flatMap((name) => {
    try {
      const [, after = ''] = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')
      const isChild = Number(after.split(' ')[1]) === parent
      return isChild && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('emulator.js') ? [Number(name)] : []
    } catch {
      return [] // No process, or one that has ended meanwhile.
    }
  })
}

export const isRunning = (pid: number): boolean => existsSync(`/proc/${pid}`)

/** Runs a page's engine in the demo until the test ends it. */
export async function serveDemo(folder: string): Promise<Command> {
  const command = start(['serve', '--demo', '--data', folder, '--rate', '200', '--seed', '4'])
  await until(command.out, (out) => out.includes('#token='), 30_000)
  return command
}

/** What `status` says of a folder. */
export function statusOf(folder: string, ...more: readonly string[]) {
  return run(['status', '--data', folder, ...more])
}
