import { spawn } from 'node:child_process'

/** How a program ended that was run for its output. `code` undefined: it could not be started at all. */
export interface Ended {
  readonly code: number | undefined
  readonly output: string
}

/** Runs a program to its end and gives what it wrote on either stream. Rejects only when aborted. */
export function runCommand(program: string, args: readonly string[], signal?: AbortSignal): Promise<Ended> {
  const { promise, resolve, reject } = Promise.withResolvers<Ended>()
  // Maven is a .cmd file on Windows, which only a shell can start.
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], shell: program === 'mvn.cmd', signal })
  const parts: Buffer[] = []
  child.stdout.on('data', (part: Buffer) => parts.push(part))
  child.stderr.on('data', (part: Buffer) => parts.push(part))
  child.on('error', (error: NodeJS.ErrnoException) => {
    if (signal?.aborted) reject(error)
    else resolve({ code: undefined, output: error.message })
  })
  child.on('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(parts).toString() }))
  return promise
}
