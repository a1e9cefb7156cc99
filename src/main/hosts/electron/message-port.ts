import type { MessagePortMain } from 'electron'
import type { Port } from '../../../shared/bridge.ts'

/** A page's message port as a port of the bridge. */
export function messagePort(port: MessagePortMain): Port {
  port.start()
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => void port.on('message', (event) => listener(event.data)),
    onClose: (listener) => void port.on('close', listener),
    close: () => port.close(),
  }
}
