/** The emulator as a process of its own: reads its options, says where it listens, and ends with its parent. */

import { randomBytes } from 'node:crypto'
import { fstatSync } from 'node:fs'
import { run } from './control.ts'
import type { Command } from './control.ts'
import { parseOptions } from './options.ts'
import { openServer } from './server.ts'

/** A command from the parent, and the number under which the answer goes back. */
interface Asked {
  readonly ask: number
  readonly command: Command
}

/** Where the process is named its token: an environment variable, since others can read command lines. */
const TOKEN = 'TAPEDECK_EMULATOR_TOKEN'

/** In Electron the emulator is a utility process, whose parent is spoken to over a port. Such a process ends with it by itself. */
const { parentPort } = process as { readonly parentPort?: { postMessage(message: unknown): void } }

function end(): void {
  process.exit(0)
}

/** Ends when the parent does: its channel closes, its pipe ends, or another process becomes our parent. */
function endWithParent(): void {
  if (parentPort) return
  process.once('disconnect', end)
  const stdin = fstatSync(0, { throwIfNoEntry: false })
  if (!process.connected && stdin !== undefined && (stdin.isFIFO() || stdin.isSocket())) {
    process.stdin.once('end', end).once('close', end).resume()
  }
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) end()
  }, 1_000).unref()
}

/**
 * A terminal's Ctrl-C, or a supervisor that ends a whole group, reaches this process as soon as its parent. Who has a parent
 * waits for it: a market that goes first looks like a fault to those who still listen. By hand it ends at the signals.
 */
function answerSignals(): void {
  // A utility process is ended by SIGTERM alone, and asked nothing else.
  const passed = parentPort ? (['SIGINT', 'SIGHUP'] as const) : (['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  if (parentPort || process.send) for (const signal of passed) process.on(signal, () => undefined)
  else process.once('SIGTERM', end).once('SIGINT', end)
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2))
  const token = options.token ?? process.env[TOKEN] ?? randomBytes(16).toString('hex')
  delete process.env[TOKEN]
  const server = await openServer({ ...options, token })
  process.on('message', ({ ask, command }: Asked) => {
    try {
      process.send?.({ ask, result: run(command, server) })
    } catch (error) {
      process.send?.({ ask, error: error instanceof Error ? error.message : String(error) })
    }
  })
  const ready = { port: server.port, venues: server.venues, token }
  if (parentPort) return parentPort.postMessage({ ready })
  process.stdout.write(`${JSON.stringify(ready)}\n`)
  process.send?.({ ready })
}

endWithParent()
answerSignals()
main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
