/**
 * What runs in the page before its own scripts: `mainWorld` stands for contextBridge's half there, `isolatedWorld` for the
 * world in which Electron runs a preload. The two share only the document, so calls cross as events that carry JSON. Both
 * are sent to Chromium as text: they may use nothing from outside themselves.
 */

/** JSON by event between the worlds: names of its events. */
export const WORLD = 'electron-preload'
export const BINDING = 'electronDoubleSend'

interface Bridged {
  /** What the preload exposed: values, and `true` at the place of each function. */
  readonly key: string
  readonly functions: readonly string[]
}

export function mainWorld(): void {
  const callbacks = new Map<number, (...args: unknown[]) => unknown>()
  let ids = 0
  const answers = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  const encode = (value: unknown): unknown => {
    if (typeof value !== 'function') return value
    ids += 1
    callbacks.set(ids, value as (...args: unknown[]) => unknown)
    return { $callback: ids }
  }
  // Electron tells a page that a port was closed; Chromium alone does not, so it is said in a message that nobody else sees.
  window.addEventListener('message', ({ ports }) => {
    for (const port of ports)
      port.addEventListener('message', (event: MessageEvent<unknown>) => {
        if (event.data !== 'electron-double:close') return
        event.stopImmediatePropagation()
        port.close()
        port.dispatchEvent(new Event('close'))
      })
  })
  // Who asks for a window gets none here: main is asked, and makes it itself where it says yes.
  const ask = (url: string) => document.dispatchEvent(new CustomEvent('electron-double:open', { detail: url }))
  window.open = (url) => {
    ask(new URL(String(url ?? 'about:blank'), location.href).href)
    return null
  }
  window.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[target=_blank]') : null
    if (!(link instanceof HTMLAnchorElement)) return
    event.preventDefault()
    ask(link.href)
  })
  document.addEventListener('electron-double:expose', (event) => {
    const { key, functions } = JSON.parse((event as CustomEvent<string>).detail) as Bridged
    const api: Record<string, unknown> = {}
    for (const name of functions)
      api[name] = (...args: unknown[]) => {
        ids += 1
        const id = ids
        let answer: { value?: unknown; later?: boolean; error?: string } = {}
        const onAnswer = (told: Event) => (answer = JSON.parse((told as CustomEvent<string>).detail) as typeof answer)
        document.addEventListener(`electron-double:answer:${id}`, onAnswer, { once: true })
        const detail = JSON.stringify({ id, args: args.map(encode) })
        document.dispatchEvent(new CustomEvent(`electron-double:call:${key}.${name}`, { detail }))
        if (answer.error !== undefined) throw new Error(answer.error)
        if (!answer.later) return answer.value
        return new Promise((resolve, reject) => answers.set(id, { resolve, reject }))
      }
    Object.defineProperty(window, key, { value: Object.freeze(api), enumerable: true })
  })
  document.addEventListener('electron-double:later', (event) => {
    const told = JSON.parse((event as CustomEvent<string>).detail) as { id: number; value?: unknown; error?: string }
    const waiting = answers.get(told.id)
    answers.delete(told.id)
    if (told.error === undefined) waiting?.resolve(told.value)
    else waiting?.reject(new Error(told.error))
  })
  document.addEventListener('electron-double:callback', (event) => {
    const { id, args } = JSON.parse((event as CustomEvent<string>).detail) as { id: number; args: unknown[] }
    callbacks.get(id)?.(...args)
  })
}

export function isolatedWorld(binding: string, preload: (require: unknown, process: unknown) => void): void {
  type Listener = (event: object, ...args: unknown[]) => void
  type Send = (text: string) => void
  const post = (message: object) => (globalThis as unknown as Record<string, Send>)[binding]?.(JSON.stringify(message))
  document.addEventListener('electron-double:open', (event) =>
    post({ kind: 'open', url: (event as CustomEvent<string>).detail }),
  )
  const listeners = new Map<string, Set<Listener>>()
  const invoked = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  const ports = new Map<number, MessagePort>()
  let ids = 0
  const on = (channel: string, listener: Listener) => {
    const known = listeners.get(channel) ?? new Set()
    listeners.set(channel, known.add(listener))
  }
  const ipcRenderer = {
    on,
    addListener: on,
    once: (channel: string, listener: Listener) => {
      const once: Listener = (event, ...args) => {
        listeners.get(channel)?.delete(once)
        listener(event, ...args)
      }
      on(channel, once)
    },
    off: (channel: string, listener: Listener) => listeners.get(channel)?.delete(listener),
    removeListener: (channel: string, listener: Listener) => listeners.get(channel)?.delete(listener),
    removeAllListeners: (channel: string) => listeners.delete(channel),
    send: (channel: string, ...args: unknown[]) => post({ kind: 'send', channel, args }),
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        ids += 1
        invoked.set(ids, { resolve, reject })
        post({ kind: 'invoke', id: ids, channel, args })
      }),
  }
  const tell = (name: string, value: object) =>
    document.dispatchEvent(new CustomEvent(`electron-double:${name}`, { detail: JSON.stringify(value) }))
  const decode = (value: unknown): unknown => {
    const callback = (value as { $callback?: number } | null)?.$callback
    return callback === undefined ? value : (...args: unknown[]) => tell('callback', { id: callback, args })
  }
  const contextBridge = {
    exposeInMainWorld(key: string, api: Readonly<Record<string, unknown>>) {
      const functions = Object.keys(api).filter((name) => typeof api[name] === 'function')
      for (const name of functions)
        document.addEventListener(`electron-double:call:${key}.${name}`, (event) => {
          const { id, args } = JSON.parse((event as CustomEvent<string>).detail) as { id: number; args: unknown[] }
          try {
            const value = (api[name] as (...args: unknown[]) => unknown)(...args.map(decode))
            if (!(value instanceof Promise)) return tell(`answer:${id}`, { value })
            value.then(
              (settled: unknown) => tell('later', { id, value: settled }),
              (error: Error) => tell('later', { id, error: error.message }),
            )
            return tell(`answer:${id}`, { later: true })
          } catch (error) {
            return tell(`answer:${id}`, { error: (error as Error).message })
          }
        })
      tell('expose', { key, functions })
    },
  }

  // Called by main: a message on a channel, the answer to an invoke, or traffic of a port.
  ;(globalThis as unknown as Record<string, unknown>)['electronDoubleReceive'] = (told: {
    channel?: string
    args?: unknown[]
    ports?: number[]
    id?: number
    value?: unknown
    error?: string
    port?: number
    data?: unknown
    close?: boolean
  }) => {
    if (told.port !== undefined) {
      if (told.close) ports.get(told.port)?.postMessage('electron-double:close')
      else ports.get(told.port)?.postMessage(told.data)
    } else if (told.id !== undefined) {
      const waiting = invoked.get(told.id)
      invoked.delete(told.id)
      if (told.error === undefined) waiting?.resolve(told.value)
      else waiting?.reject(new Error(`Error invoking remote method: ${told.error}`))
    } else {
      const given = (told.ports ?? []).map((id) => {
        const { port1, port2 } = new MessageChannel()
        ports.set(id, port1)
        port1.addEventListener('message', (event: MessageEvent<unknown>) =>
          post({ kind: 'port', port: id, data: event.data }),
        )
        port1.addEventListener('close', () => post({ kind: 'port', port: id, close: true }))
        port1.start()
        return port2
      })
      for (const listener of listeners.get(told.channel ?? '') ?? [])
        listener({ ports: given, sender: ipcRenderer }, ...(told.args ?? []))
    }
  }
  // A sandboxed preload gets these few modules, and no other.
  preload(
    (name: string) => {
      if (name !== 'electron') throw new Error(`module not found: ${name}`)
      return { contextBridge, ipcRenderer }
    },
    { platform: 'linux', sandboxed: true, contextIsolated: true },
  )
}

/** Both worlds' scripts, for a window with this preload. */
export function pageScripts(preload: string | undefined): { readonly main: string; readonly isolated: string } {
  const body = `(require, process) => { const module = { exports: {} }, exports = module.exports; ${preload ?? ''}\n}`
  return {
    main: `(${String(mainWorld)})()`,
    isolated: `(${String(isolatedWorld)})(${JSON.stringify(BINDING)}, ${body})`,
  }
}
