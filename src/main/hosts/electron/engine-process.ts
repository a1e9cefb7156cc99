/** The engine in Electron's utility process: the same engine as everywhere, with pages that come as message ports. */

import type { MessagePortMain } from 'electron'
import { createLog } from '../../log.ts'
import { createMemorySecrets } from '../../secrets/memory-secrets.ts'
import type { Host } from '../host.ts'
import { openHost } from '../host.ts'
import { messagePort } from './message-port.ts'

const [folder = '.', version = '0', ...flags] = process.argv.slice(2)
const log = createLog()
const pages = new Set<MessagePortMain>()
let host: Host | undefined
const waiting: MessagePortMain[] = []

function attach(port: MessagePortMain): void {
  if (!host?.engine) {
    waiting.push(port)
    return
  }
  pages.add(port)
  port.once('close', () => pages.delete(port))
  host.engine.serve(messagePort(port))
}

process.parentPort.on('message', (event) => {
  const request = event.data as { kind: 'page' } | { kind: 'close' } | { kind: 'redeem'; id: number; ticket: string }
  if (request.kind === 'redeem') {
    process.parentPort.postMessage({ kind: 'redeemed', id: request.id, file: host?.engine?.redeem(request.ticket) })
    return
  }
  if (request.kind === 'close') {
    void (host?.close() ?? Promise.resolve()).finally(() => process.exit(0))
    return
  }
  const port = event.ports[0]
  if (port) attach(port)
})

host = await openHost({
  kind: 'electron',
  folder,
  mode: flags.includes('--demo') ? 'demo' : flags.includes('--live') ? 'live' : 'auto',
  version,
  log,
  secrets: createMemorySecrets(),
  onReplaced: () => {
    for (const port of pages) port.close()
    pages.clear()
  },
})
for (const port of waiting.splice(0)) attach(port)
