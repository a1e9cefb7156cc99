/** MessageChannelMain: two linked ports, each of which may be handed over to a page or to a utility process. */

import { EventEmitter } from 'node:events'

/** The other side of a port that was handed over. */
export interface Remote {
  send(data: unknown): void
  close(): void
}

export class MessagePortMain extends EventEmitter {
  peer: MessagePortMain | undefined
  private remote: Remote | undefined
  private started = false
  private closed = false
  private readonly waiting: unknown[] = []

  postMessage(data: unknown): void {
    if (!this.closed) this.peer?.receive(structuredClone(data))
  }

  start(): void {
    this.started = true
    for (const data of this.waiting.splice(0)) this.receive(data)
  }

  close(): void {
    this.end()
    this.peer?.end()
  }

  /** From here on what arrives goes to `remote`; what comes from there enters by `fromRemote`. */
  handOver(remote: Remote): void {
    this.remote = remote
    this.start()
  }

  fromRemote(data: unknown): void {
    if (!this.closed) this.peer?.receive(data)
  }

  private receive(data: unknown): void {
    if (this.closed) return
    if (this.remote) this.remote.send(data)
    else if (this.started) setImmediate(() => this.emit('message', { data, ports: [] }))
    else this.waiting.push(data)
  }

  private end(): void {
    if (this.closed) return
    this.closed = true
    this.remote?.close()
    setImmediate(() => this.emit('close'))
  }
}

export class MessageChannelMain {
  readonly port1 = new MessagePortMain()
  readonly port2 = new MessagePortMain()

  constructor() {
    this.port1.peer = this.port2
    this.port2.peer = this.port1
  }
}

/** Ports handed over to one other process, by number. */
export class RemotePorts {
  private readonly ports = new Map<number, MessagePortMain>()
  private ids = 0

  /** Hands a port over; returns its number there. */
  add(port: MessagePortMain, send: (message: { port: number; data?: unknown; close?: true }) => void): number {
    this.ids += 1
    const id = this.ids
    this.ports.set(id, port)
    port.handOver({
      send: (data) => send({ port: id, data }),
      close: () => {
        if (this.ports.delete(id)) send({ port: id, close: true })
      },
    })
    return id
  }

  receive(message: { readonly port: number; readonly data?: unknown; readonly close?: boolean }): void {
    const port = this.ports.get(message.port)
    if (message.close) {
      this.ports.delete(message.port)
      port?.close()
    } else port?.fromRemote(message.data)
  }

  /** The other process is gone, and its ports with it. */
  closeAll(): void {
    const ports = [...this.ports.values()]
    this.ports.clear()
    for (const port of ports) port.close()
  }
}
