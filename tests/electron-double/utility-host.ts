/** Runs a utility process's module: gives it parentPort, and ends with the process that forked it. */

import { EventEmitter } from 'node:events'
import { pathToFileURL } from 'node:url'
import type { UtilityMessage } from './utility-process.ts'

class RemotePort extends EventEmitter {
  private readonly id: number
  private started = false
  private readonly waiting: unknown[] = []

  constructor(id: number) {
    super()
    this.id = id
  }

  postMessage(data: unknown): void {
    send({ port: this.id, data })
  }

  start(): void {
    this.started = true
    for (const data of this.waiting.splice(0)) this.receive(data)
  }

  receive(data: unknown): void {
    if (this.started) setImmediate(() => this.emit('message', { data, ports: [] }))
    else this.waiting.push(data)
  }

  close(): void {
    if (!ports.delete(this.id)) return
    send({ port: this.id, close: true })
    this.emit('close')
  }
}

const ports = new Map<number, RemotePort>()
const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (message: unknown) => send({ message }),
  start: () => undefined,
})
/** What comes before the module listens waits for it, as in Electron. */
const early: unknown[] = []

function send(message: UtilityMessage): void {
  if (process.connected) process.send?.(message)
}

process.on('message', ({ message, ports: given = [], port, data, close }: UtilityMessage) => {
  if (port !== undefined) {
    const known = ports.get(port)
    if (close) {
      ports.delete(port)
      known?.emit('close')
    } else known?.receive(data)
    return
  }
  for (const id of given) ports.set(id, new RemotePort(id))
  const event = { data: message, ports: given.map((id) => ports.get(id)) }
  if (parentPort.listenerCount('message') > 0) parentPort.emit('message', event)
  else early.push(event)
})
process.on('disconnect', () => process.exit(1))
parentPort.on('newListener', (name) => {
  if (name === 'message') queueMicrotask(() => early.splice(0).forEach((event) => parentPort.emit('message', event)))
})

const [modulePath = ''] = process.argv.slice(2)
process.argv.splice(1, 2, modulePath)
Object.defineProperty(process, 'parentPort', { value: parentPort })
Object.defineProperty(process.versions, 'electron', { value: 'double', enumerable: true })
await import(pathToFileURL(modulePath).href)
