/** One page of the Chromium behind the double: its scripts, its binding, its navigations. */

import { readFileSync } from 'node:fs'
import type { Browser } from './browser.ts'
import { openBrowser } from './browser.ts'
import type { CdpEvent } from './cdp.ts'
import { BINDING, WORLD, pageScripts } from './page-worlds.ts'

export interface PageListener {
  /** From the preload's world; `frame` is Chromium's id of the frame. */
  onMessage(message: unknown, frame: string): void
  /** The page itself wants to go elsewhere. False: it stays. */
  onNavigate(url: string): boolean
  onNavigated(url: string): void
  onLoaded(): void
  onCrashed(): void
  onGone(): void
}

export interface PageTarget {
  readonly frame: string
  send(method: string, params?: object): Promise<Readonly<Record<string, unknown>>>
  /** Calls the preload's world, once there is one. */
  tell(value: object): void
  load(url: string): Promise<void>
}

let shared: Promise<Browser> | undefined

/** The one Chromium of this run. */
export function theBrowser(): Promise<Browser> {
  shared ??= openBrowser()
  return shared
}

export interface TargetOptions {
  readonly preload: string | undefined
  readonly bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
}

export async function openTarget({ preload, bounds }: TargetOptions, listener: PageListener): Promise<PageTarget> {
  const { cdp } = await theBrowser()
  const { width, height, x: left, y: top } = bounds
  const created = await cdp.send('Target.createTarget', {
    url: 'about:blank',
    newWindow: true,
    width,
    height,
    left,
    top,
  })
  const frame = String(created['targetId'])
  const { sessionId } = (await cdp.send('Target.attachToTarget', { targetId: frame, flatten: true })) as {
    sessionId: string
  }
  const send = (method: string, params: object = {}) => cdp.send(method, params, sessionId)
  let context: number | undefined
  const waiting: object[] = []
  /** Addresses that main itself asked for: they are no navigation of the page. */
  const asked = new Set<string>()
  const frames = new Map<number, string>()

  const evaluate = (value: object, contextId: number) =>
    void send('Runtime.evaluate', { expression: `electronDoubleReceive(${JSON.stringify(value)})`, contextId }).catch(
      () => undefined,
    )

  const on: Readonly<Record<string, (params: never) => void>> = {
    'Runtime.executionContextCreated': ({ context: made }: { context: ExecutionContext }) => {
      frames.set(made.id, made.auxData.frameId)
      if (made.name !== WORLD || made.auxData.frameId !== frame) return
      context = made.id
      for (const value of waiting.splice(0)) evaluate(value, made.id)
    },
    'Runtime.executionContextDestroyed': ({ executionContextId }: { executionContextId: number }) => {
      if (executionContextId === context) context = undefined
    },
    'Runtime.executionContextsCleared': () => (context = undefined),
    'Runtime.bindingCalled': ({ name, payload, executionContextId }: BindingCall) => {
      if (name === BINDING) listener.onMessage(JSON.parse(payload), frames.get(executionContextId) ?? '')
    },
    'Fetch.requestPaused': ({ requestId, request, frameId }: PausedRequest) => {
      const goes =
        asked.delete(request.url) || frameId !== frame || isDownload(request) || listener.onNavigate(request.url)
      const answer = goes
        ? send('Fetch.continueRequest', { requestId })
        : send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
      void answer.catch(() => undefined)
    },
    'Page.frameNavigated': ({ frame: gone }: { frame: { id: string; url: string } }) => {
      if (gone.id === frame) listener.onNavigated(gone.url)
    },
    'Page.loadEventFired': () => listener.onLoaded(),
    'Inspector.targetCrashed': () => listener.onCrashed(),
  }
  cdp.onEvent(({ method, params, sessionId: from }: CdpEvent) => {
    if (from === sessionId) on[method]?.(params as never)
    else if (method === 'Target.targetDestroyed' && params['targetId'] === frame) listener.onGone()
  })

  await cdp.send('Target.setDiscoverTargets', { discover: true })
  await send('Page.enable')
  await send('Runtime.addBinding', { name: BINDING, executionContextName: WORLD })
  await send('Runtime.enable')
  await send('Inspector.enable')
  await send('Fetch.enable', { patterns: [{ resourceType: 'Document', requestStage: 'Request' }] })
  // Windows lie over each other here: each is drawn as if it were in front.
  await send('Emulation.setFocusEmulationEnabled', { enabled: true })
  await send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false })
  const { main, isolated } = pageScripts(preload === undefined ? undefined : readFileSync(preload, 'utf8'))
  await send('Page.addScriptToEvaluateOnNewDocument', { source: main })
  await send('Page.addScriptToEvaluateOnNewDocument', { source: isolated, worldName: WORLD })

  return {
    frame,
    send,
    tell(value) {
      if (context === undefined) waiting.push(value)
      else evaluate(value, context)
    },
    async load(url) {
      asked.add(url.replace(/#.*$/, ''))
      context = undefined
      await send('Page.navigate', { url })
    },
  }
}

/** `<a download>`: no navigation, and so without what Chromium sends with each of those. */
function isDownload({ headers }: PausedRequest['request']): boolean {
  return headers['Upgrade-Insecure-Requests'] === undefined
}

interface ExecutionContext {
  readonly id: number
  readonly name: string
  readonly auxData: { readonly frameId: string; readonly type: string }
}
interface BindingCall {
  readonly name: string
  readonly payload: string
  readonly executionContextId: number
}
interface PausedRequest {
  readonly requestId: string
  readonly frameId: string
  readonly request: { readonly url: string; readonly headers: Readonly<Record<string, string>> }
}
