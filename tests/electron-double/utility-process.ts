/** utilityProcess: a real child process, which can be killed, with parentPort and handed-over ports over Node's IPC. */

import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { MessagePortMain } from './ports.ts'
import { RemotePorts } from './ports.ts'
import { record } from './record.ts'

const running = new Set<UtilityProcess>()

export interface UtilityMessage {
  readonly message?: unknown
  readonly ports?: readonly number[]
  readonly port?: number
  readonly data?: unknown
  readonly close?: boolean
}

interface ForkOptions {
  readonly serviceName?: string
  readonly execArgv?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  readonly stdio?: 'inherit' | 'pipe' | 'ignore'
  readonly cwd?: string
}

/** Those that run, as app.getAppMetrics tells them. */
export function utilityMetrics(): { pid: number; type: 'Utility'; name: string }[] {
  return [...running].flatMap(({ pid, name }) => (pid === undefined ? [] : [{ pid, type: 'Utility', name }]))
}

export class UtilityProcess extends EventEmitter {
  pid: number | undefined
  readonly name: string
  readonly stdout: ChildProcess['stdout']
  readonly stderr: ChildProcess['stderr']
  private readonly child: ChildProcess
  private readonly remote = new RemotePorts()

  constructor(modulePath: string, args: readonly string[], options: ForkOptions) {
    super()
    const stdio = options.stdio ?? 'inherit'
    this.child = fork(fileURLToPath(new URL('./utility-host.ts', import.meta.url)), [modulePath, ...args], {
      execArgv: v8Flags(options.execArgv ?? []),
      env: options.env ?? process.env,
      stdio: ['ignore', stdio, stdio, 'ipc'],
      serialization: 'advanced',
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    })
    this.pid = this.child.pid
    this.name = options.serviceName ?? 'Node Utility Process'
    running.add(this)
    this.stdout = this.child.stdout
    this.stderr = this.child.stderr
    this.child.once('spawn', () => this.emit('spawn'))
    this.child.on('message', ({ message, port, data, close }: UtilityMessage) => {
      if (port === undefined) this.emit('message', message)
      else this.remote.receive({ port, data, ...(close ? { close } : {}) })
    })
    this.child.once('exit', (code) => {
      this.pid = undefined
      running.delete(this)
      this.remote.closeAll()
      this.emit('exit', code ?? 1)
    })
  }

  postMessage(message: unknown, transfer: readonly MessagePortMain[] = []): void {
    if (!this.child.connected) return
    const ports = transfer.map((port) => this.remote.add(port, (each) => this.send(each)))
    this.send({ message, ports })
  }

  kill(): boolean {
    return this.child.kill('SIGTERM')
  }

  private send(message: UtilityMessage): void {
    // What is posted to a process that is ending goes nowhere, as in Electron.
    if (this.child.connected) this.child.send(message, () => undefined)
  }
}

/** What Electron's utility process hears of them: V8's flags, by Chromium's switch; all others are passed over. */
function v8Flags(execArgv: readonly string[]): string[] {
  return execArgv.flatMap((each) => /^--js-flags=(.*)$/.exec(each)?.[1]?.split(' ') ?? [])
}

export const utilityProcess = {
  fork(modulePath: string, args: readonly string[] = [], options: ForkOptions = {}): UtilityProcess {
    record('utilityProcess.fork', [basename(modulePath), args, { ...options, env: '[environment]' }])
    return new UtilityProcess(modulePath, args, options)
  },
}
