/** The page's way to its engine: a MessagePort from the desktop shell, or a WebSocket to the server that sent the page. */

import type { Port } from '../../shared/bridge.ts'

declare global {
  interface Window {
    /** Put there by the desktop shell. `port` asks for a fresh port, which comes as a message 'tapedeck:port:<which>'. */
    readonly tapedeck?: { port(which: 'engine' | 'shell'): void }
  }
}

/** The server knows this page's token no longer, or never did. */
export class RefusedError extends Error {
  constructor() {
    super('The engine refused this page: its address carries no valid token.')
    this.name = 'RefusedError'
  }
}

const OPEN_TIMEOUT = 5_000
const TOKEN_KEY = 'tapedeck.token'
/** Close codes by which the server refuses a token: policy violation, and our own "unauthorised". */
const REFUSALS = [1008, 4401]

/** Opens the port of whichever host runs this page. Rejects with RefusedError where trying again is of no use. */
export function openHostPort(): Promise<Port> {
  return window.tapedeck ? openMessagePort(window.tapedeck, 'engine') : openWebSocket(takeToken())
}

/** Opens a port to the desktop shell. Undefined in a browser, which has none. */
export function openShellPort(): Promise<Port> | undefined {
  return window.tapedeck && openMessagePort(window.tapedeck, 'shell')
}

function openMessagePort(shell: NonNullable<Window['tapedeck']>, which: 'engine' | 'shell'): Promise<Port> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      window.removeEventListener('message', onMessage)
      reject(new Error('The desktop shell gave no port.'))
    }, OPEN_TIMEOUT)
    const onMessage = (event: MessageEvent) => {
      const port = event.ports[0]
      if (event.source !== window || event.data !== `tapedeck:port:${which}` || !port) return
      clearTimeout(timer)
      window.removeEventListener('message', onMessage)
      resolve(overMessagePort(port))
    }
    window.addEventListener('message', onMessage)
    shell.port(which)
  })
}

function overMessagePort(port: MessagePort): Port {
  port.start()
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => port.addEventListener('message', (event) => listener(event.data)),
    onClose: (listener) => port.addEventListener('close', () => listener()),
    close: () => port.close(),
  }
}

/** Moves the token from the address bar, where it would be shared by accident, to this tab's storage. */
function takeToken(): string | undefined {
  const hash = new URLSearchParams(location.hash.slice(1))
  const token = hash.get('token')
  if (token) {
    sessionStorage.setItem(TOKEN_KEY, token)
    hash.delete('token')
    const rest = hash.toString()
    history.replaceState(null, '', `${location.pathname}${location.search}${rest ? `#${rest}` : ''}`)
  }
  return token ?? sessionStorage.getItem(TOKEN_KEY) ?? undefined
}

function openWebSocket(token: string | undefined): Promise<Port> {
  if (!token) return Promise.reject(new RefusedError())
  return new Promise((resolve, reject) => {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
    const socket = new WebSocket(`${scheme}://${location.host}/bridge`, ['tapedeck.v1', `token.${token}`])
    const timer = setTimeout(() => socket.close(), OPEN_TIMEOUT)
    socket.addEventListener('open', () => {
      clearTimeout(timer)
      resolve(overWebSocket(socket))
    })
    socket.addEventListener('close', (event) => {
      clearTimeout(timer)
      // A handshake answered with 401 looks like any other failure: whether the server is there at all tells them apart.
      if (REFUSALS.includes(event.code)) reject(new RefusedError())
      else void isServerUp().then((up) => reject(up ? new RefusedError() : new Error('The engine is not reachable.')))
    })
  })
}

async function isServerUp(): Promise<boolean> {
  try {
    const response = await fetch(location.pathname, { method: 'HEAD', cache: 'no-store' })
    return response.ok
  } catch {
    return false
  }
}

function overWebSocket(socket: WebSocket): Port {
  return {
    send(message) {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message))
    },
    onMessage: (listener) =>
      socket.addEventListener('message', (event: MessageEvent<unknown>) => {
        if (typeof event.data === 'string') listener(JSON.parse(event.data))
      }),
    onClose: (listener) => socket.addEventListener('close', () => listener()),
    close: () => socket.close(),
  }
}
