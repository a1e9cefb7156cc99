import { spawn } from 'node:child_process'
import type { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'

/** Sees to it that nothing of a cluster outlives this process, even one that is killed. */
export interface Guard {
  watch(pid: number): void
  forget(pid: number): void
  /** The folder goes when the guard ends. */
  removeAtEnd(folder: string): void
  /** Kills what is still watched, removes the folders, and resolves when that is done. */
  end(): Promise<void>
}

export function openGuard(): Guard {
  const child = spawn(process.execPath, [fileURLToPath(new URL('watchdog.ts', import.meta.url))], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // A process group of its own: signals to ours are not for it.
    detached: true,
    windowsHide: true,
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const { stdin } = child
  child.unref()
  // Node types a pipe as a mere stream; it is a socket, and must not keep a finished process alive.
  ;(stdin as unknown as Socket).unref()
  return {
    watch: (pid) => void stdin.write(`+${pid}\n`),
    forget: (pid) => void stdin.write(`-${pid}\n`),
    removeAtEnd: (folder) => void stdin.write(`remove ${folder}\n`),
    end: async () => {
      child.ref()
      stdin.end()
      await ended
    },
  }
}
