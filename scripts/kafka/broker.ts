import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import type { Guard } from './guard.ts'
import { javaArguments, javaProgram } from './java.ts'
import { SetupError } from './setup-error.ts'
import type { KafkaVersion } from './versions.ts'

/** A broker that ends in order hands its partitions over first. One that cannot is not waited for longer than this. */
const STOP_WITHIN = 15_000
const MEMORY = ['-Xms128m', '-Xmx384m', '-XX:+UseSerialGC']

/** One node's Java process, which may come and go. */
export interface Broker {
  readonly id: number
  readonly log: string
  /** Starts the process. It is not ready yet. */
  launch(): void
  /** Throws a SetupError with the end of its log where the process has ended. */
  checkAlive(): void
  pid(): number | undefined
  isRunning(): boolean
  /** SIGKILL: nothing is flushed or said. Resolves when the process is gone. */
  kill(): Promise<void>
  /** SIGTERM: leaves the cluster in order. */
  stop(): Promise<void>
  /** SIGSTOP: the process is there, connections stay open, nothing is answered. */
  pause(): void
  resume(): void
}

export interface BrokerOptions {
  readonly id: number
  readonly version: KafkaVersion
  readonly jars: string
  readonly properties: string
  readonly log: string
  readonly guard: Guard
  readonly onExit?: ((id: number, log: string) => void) | undefined
}

export function createBroker({ id, version, jars, properties, log, guard, onExit }: BrokerOptions): Broker {
  let child: ChildProcess | undefined
  let gone: Promise<void> = Promise.resolve()
  let paused = false
  let wanted = false

  const launch = () => {
    if (child) throw new Error(`node ${id} is running already`)
    const file = openSync(log, 'a')
    const started = spawn(
      javaProgram('java'),
      [...javaArguments(version, jars), ...MEMORY, 'kafka.Kafka', properties],
      // A process group of its own: the terminal's Ctrl-C is passed on in order, not to all nodes at once.
      { stdio: ['ignore', file, file], detached: true, windowsHide: true },
    )
    closeSync(file)
    if (started.pid !== undefined) guard.watch(started.pid)
    started.unref()
    child = started
    wanted = true
    paused = false
    gone = new Promise((resolve) => {
      const end = () => {
        if (started.pid !== undefined) guard.forget(started.pid)
        child = undefined
        if (wanted) onExit?.(id, log)
        resolve()
      }
      started.once('exit', end)
      started.once('error', end)
    })
  }

  const signal = (name: NodeJS.Signals) => {
    if (!child) throw new Error(`node ${id} is not running`)
    child.kill(name)
  }

  const kill = async () => {
    if (!child) return
    wanted = false
    child.ref()
    child.kill('SIGKILL')
    await gone
  }

  return {
    id,
    log,
    launch,
    checkAlive: () => {
      if (child) return
      const words = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-15).join('\n')
      throw new SetupError(`Kafka node ${id} ended while it was starting. The end of its log (${log}):\n${words}`)
    },
    pid: () => child?.pid,
    isRunning: () => child !== undefined && !paused,
    kill,
    stop: async () => {
      if (!child) return
      wanted = false
      child.ref()
      if (paused) child.kill('SIGCONT')
      child.kill('SIGTERM')
      const patience = new AbortController()
      await Promise.race([gone, delay(STOP_WITHIN, undefined, { signal: patience.signal }).catch(() => {})])
      patience.abort()
      await kill()
    },
    pause: () => {
      signal('SIGSTOP')
      paused = true
    },
    resume: () => {
      signal('SIGCONT')
      paused = false
    },
  }
}
