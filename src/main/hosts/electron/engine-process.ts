/** The engine in Electron's utility process: the same engine as everywhere, with pages that come as message ports. */

import type { MessagePortMain } from 'electron'
import { toFault } from '../../../shared/faults.ts'
import { createLog } from '../../log.ts'
import { openHeadlessSecrets } from '../headless/secrets.ts'
import type { Host } from '../host.ts'
import { openHost } from '../host.ts'
import { parseDesktopOptions } from './desktop-options.ts'
import type { FromEngine, PowerState, ToEngine } from './engine-messages.ts'
import { messagePort } from './message-port.ts'
import { createMainAsker } from './main-asker.ts'
import { createRemoteEmulator } from './remote-emulator.ts'
import { createRemoteSecrets } from './remote-secrets.ts'

const [folder = '.', version = '0', ...flags] = process.argv.slice(2)
const { parentPort } = process
const options = parseDesktopOptions(flags)
const log = createLog()
const pages = new Set<MessagePortMain>()
const waiting: MessagePortMain[] = []
const powerListeners = new Set<(state: PowerState) => void>()
let host: Host | undefined
let opening: Promise<void> | undefined

// In a utility process Electron only warns of these. They are our bugs: the engine ends of them, and main starts it again.
process.on('unhandledRejection', (reason) => {
  throw reason instanceof Error ? reason : new Error(String(reason))
})

// A terminal's Ctrl-C reaches the whole group. Main hears it too, and closes the engine in its turn.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined)

const post = (message: FromEngine) => parentPort.postMessage(message)
const main = createMainAsker(post)

function attach(port: MessagePortMain): void {
  if (!host?.engine) {
    waiting.push(port)
    return
  }
  pages.add(port)
  port.once('close', () => pages.delete(port))
  host.engine.serve(messagePort(port))
}

const attachWaiting = () => {
  for (const port of waiting.splice(0)) attach(port)
}

parentPort.on('message', ({ data, ports }) => {
  const message = data as ToEngine
  switch (message.kind) {
    case 'begin':
      opening ??= begin(message)
      break
    case 'page':
      if (ports[0]) attach(ports[0])
      break
    case 'redeem': {
      const file = host?.engine?.redeem(message.ticket)
      post({ kind: 'redeemed', id: message.id, ...(file ? { file: { path: file.path, name: file.name } } : {}) })
      break
    }
    case 'answer':
      main.onAnswer(message)
      break
    case 'power':
      for (const listener of powerListeners) listener(message.state)
      break
    case 'close':
      void Promise.resolve(opening)
        .then(() => host?.close())
        .finally(() => process.exit(0))
      break
  }
})

async function begin({ secrets }: Extract<ToEngine, { kind: 'begin' }>): Promise<void> {
  try {
    const sealed = secrets.encrypted ? undefined : await openHeadlessSecrets(folder)
    for (const problem of [secrets.problem, sealed?.problem]) if (problem !== undefined) log.warn(problem)
    host = await openHost({
      kind: 'electron',
      folder,
      mode: options.mode,
      version,
      log,
      secrets: sealed ?? createRemoteSecrets(main.ask, secrets.names),
      openEmulator: createRemoteEmulator(main.ask),
      ...options.market,
      onPower(listener) {
        powerListeners.add(listener)
        return () => powerListeners.delete(listener)
      },
      onReplaced: () => {
        for (const port of pages) port.close()
        pages.clear()
        attachWaiting()
        post({ kind: 'ready' }) // Main's own port went too.
      },
    })
  } catch (error) {
    log.error(toFault(error).message)
    post({ kind: 'failed', fault: toFault(error) })
    setTimeout(() => process.exit(1), 50) // The message must leave first.
    return
  }
  attachWaiting()
  post({ kind: 'ready' })
}
