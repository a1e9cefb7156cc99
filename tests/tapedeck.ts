/** Runs the built command line as a user does, for tests that look at what it says and at what it leaves behind. */

import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { connectEngine } from '../src/main/hosts/headless/client.ts'

const root = resolve(import.meta.dirname, '..')
const HEADLESS = join(root, 'out/main/headless.js')

export interface Ended {
  /** Exit code; undefined after a signal. */
  readonly code: number | undefined
  /** All of stdout, which is data. */
  readonly out: string
  /** All of stderr, which is talk. */
  readonly said: string
}

export interface Command {
  readonly pid: number
  readonly child: ChildProcess
  out(): string
  said(): string
  readonly ended: Promise<Ended>
  /** Sends a signal and waits for the end. */
  end(signal?: NodeJS.Signals): Promise<Ended>
}

export interface RunOptions {
  readonly environment?: Readonly<Record<string, string>>
  /** All of stdin. */
  readonly input?: string
  /** In a process group of its own, as a terminal starts it: `process.kill(-pid)` reaches all of it. */
  readonly group?: boolean
}

export function tempFolder(): string {
  return mkdtempSync(join(tmpdir(), 'tapedeck-test-'))
}

/** Starts `tapedeck …`. */
export function start(args: readonly string[], { environment = {}, input, group = false }: RunOptions = {}): Command {
  const child = spawn(process.execPath, [HEADLESS, ...args], {
    cwd: root,
    detached: group,
    // The welcome is for those who come the first time: its own tests.
    env: { ...process.env, TAPEDECK_WELCOMED: '1', ...environment },
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  }) as ChildProcess & { readonly stdin: Writable | null; readonly stdout: Readable; readonly stderr: Readable }
  let out = ''
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => (out += part))
  child.stderr.setEncoding('utf8').on('data', (part: string) => (said += part))
  // Who ends before it has read everything breaks the pipe: that is not the test's trouble.
  child.stdin?.on('error', () => undefined).end(input)
  const ended = new Promise<Ended>((settle, fail) => {
    child.once('error', fail)
    child.once('close', (code) => settle({ code: code ?? undefined, out, said }))
  })
  return {
    pid: child.pid ?? 0,
    child,
    out: () => out,
    said: () => said,
    ended,
    end(signal = 'SIGTERM') {
      child.kill(signal)
      return ended
    },
  }
}

/** Runs `tapedeck …` to its end. */
export function run(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return start(args, options).ended
}

/** Waits until a value is what is asked for; the last value is in the failure. */
export async function until<T>(
  read: () => T | Promise<T>,
  isRight: (value: T) => boolean,
  within = 15_000,
): Promise<T> {
  const deadline = Date.now() + within
  for (;;) {
    const value = await read()
    if (isRight(value)) return value
    if (Date.now() > deadline) throw new Error(`Still ${JSON.stringify(value)} after ${within} ms`)
    await new Promise((settle) => setTimeout(settle, 25))
  }
}

export type Connection = Awaited<ReturnType<typeof connectEngine>>

/** Waits until `serve` has said its address, and opens the bridge there. */
export async function connect(command: Command): Promise<Connection> {
  const [, port, token] = await Promise.race([
    until(
      () => /http:\/\/127\.0\.0\.1:(\d+)\/#token=(\S+)/.exec(command.out()) ?? [],
      (found) => found.length > 0,
      30_000,
    ),
    command.ended.then(({ code, said }) => {
      throw new Error(`Tapedeck ended with ${code} before it was ready:\n${said}`)
    }),
  ])
  return connectEngine({ pid: command.pid, port: Number(port), token: token ?? '' })
}
