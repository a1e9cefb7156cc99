/**
 * protocol.handle and session: `app://tapedeck/x` is asked for as `http://tapedeck.app.localhost:<port>/x`, a secure context,
 * and answered by the app's own handler, so that its headers hold. An attachment becomes a download, as in Electron.
 */

import { createWriteStream } from 'node:fs'
import { EventEmitter } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { record, recorded } from './record.ts'

type Handler = (request: Request) => Response | Promise<Response>

const handlers = new Map<string, (request: Request) => Promise<Response>>()
const privileged: unknown[] = []
/** Told to the first instance by the second one. */
export const instances = new EventEmitter()

const server = createServer((request, response) => void answer(request, response))
server.listen(0, '127.0.0.1')
await new Promise((resolve) => server.once('listening', resolve))
server.unref()
export const { port } = server.address() as AddressInfo

/** The address under which Chromium is sent to `app://host/…`; other addresses as they are. */
export function toBrowserUrl(url: string): string {
  const { protocol: scheme, host, pathname, search, hash } = new URL(url)
  const name = scheme.slice(0, -1)
  return handlers.has(name) ? `http://${host}.${name}.localhost:${port}${pathname}${search}${hash}` : url
}

/** The app's own address of what Chromium shows. */
export function toAppUrl(url: string): string {
  const found = /^http:\/\/([\w-]+)\.([\w-]+)\.localhost:(\d+)(\/.*)?$/.exec(url)
  return found && Number(found[3]) === port ? `${found[2]}://${found[1]}${found[4] ?? '/'}` : url
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url === '/second-instance') {
    let body = ''
    for await (const part of request) body += String(part)
    instances.emit('second', JSON.parse(body))
    response.end()
    return
  }
  const url = toAppUrl(`http://${request.headers.host ?? ''}${request.url ?? '/'}`)
  const handler = handlers.get(new URL(url).protocol.slice(0, -1))
  if (!handler) {
    response.writeHead(404).end()
    return
  }
  const answered = await handler(
    new Request(url, { method: request.method ?? 'GET', headers: { accept: '*/*' } }),
  ).catch((error: unknown) => new Response(String(error), { status: 500 }))
  if (answered.headers.get('content-disposition')?.startsWith('attachment')) {
    response.writeHead(204).end()
    await download(url, answered)
    return
  }
  response.writeHead(answered.status, Object.fromEntries(answered.headers))
  if (answered.body)
    await pipeline(Readable.fromWeb(answered.body as NodeReadableStream), response).catch(() => undefined)
  else response.end()
}

/** Where downloads go that nobody gives a place: Electron would ask the user. */
export const saveDialog: { folder: string | undefined } = { folder: undefined }

class DownloadItem extends EventEmitter {
  savePath = ''
  state = 'progressing'
  cancelled = false
  private readonly url: string
  private readonly name: string
  private readonly total: number

  constructor(url: string, name: string, total: number) {
    super()
    this.url = url
    this.name = name
    this.total = total
  }
  getURL = () => this.url
  getFilename = () => this.name
  getTotalBytes = () => this.total
  getReceivedBytes = () => (this.state === 'completed' ? this.total : 0)
  getMimeType = () => 'application/octet-stream'
  getState = () => this.state
  getSavePath = () => this.savePath
  setSavePath = (path: string) => void (this.savePath = path)
  setSaveDialogOptions = (options: unknown) => record('DownloadItem.setSaveDialogOptions', [options])
  cancel = () => void (this.cancelled = true)
}

async function download(url: string, answered: Response): Promise<void> {
  const disposition = answered.headers.get('content-disposition') ?? ''
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1] ?? /filename="?([^";]+)/.exec(disposition)?.[1]
  const name = basename(decodeURIComponent(encoded ?? 'download'))
  const item = new DownloadItem(url, name, Number(answered.headers.get('content-length') ?? 0))
  const event = { defaultPrevented: false, preventDefault: () => void (event.defaultPrevented = true) }
  session.defaultSession.emit('will-download', event, item, undefined)
  if (event.defaultPrevented || item.cancelled) return
  if (item.savePath === '' && saveDialog.folder !== undefined) item.savePath = join(saveDialog.folder, name)
  record('download', [name, item.savePath === '' ? 'save dialog' : 'saved'])
  if (item.savePath === '') {
    item.state = 'cancelled'
  } else if (answered.body) {
    await pipeline(Readable.fromWeb(answered.body as NodeReadableStream), createWriteStream(item.savePath))
    item.state = 'completed'
  }
  item.emit('done', {}, item.state)
}

export const protocol = {
  registerSchemesAsPrivileged(schemes: readonly unknown[]) {
    record('protocol.registerSchemesAsPrivileged', [schemes])
    privileged.push(...schemes)
  },
  handle(scheme: string, handler: Handler) {
    record('protocol.handle', [scheme])
    handlers.set(scheme, async (request) => handler(request))
  },
  unhandle: (scheme: string) => void handlers.delete(scheme),
  isProtocolHandled: (scheme: string) => handlers.has(scheme),
}

type PermissionRequest = (
  contents: unknown,
  permission: string,
  decide: (granted: boolean) => void,
  details: object,
) => void
type PermissionCheck = (contents: unknown, permission: string, origin: string, details: object) => boolean

export const permissions: { request: PermissionRequest | undefined; check: PermissionCheck | undefined } = {
  request: undefined,
  check: undefined,
}

const defaultSession = Object.assign(
  new EventEmitter(),
  recorded('session', {
    setPermissionRequestHandler: (handler: PermissionRequest) => void (permissions.request = handler),
    setPermissionCheckHandler: (handler: PermissionCheck) => void (permissions.check = handler),
    setDevicePermissionHandler: () => undefined,
    setDisplayMediaRequestHandler: () => undefined,
    setBluetoothPairingHandler: () => undefined,
    setSpellCheckerEnabled: () => undefined,
    setUserAgent: () => undefined,
    setDownloadPath: (path: string) => void (saveDialog.folder = path),
    clearCache: () => Promise.resolve(),
    clearStorageData: () => Promise.resolve(),
    setPreloads: () => undefined,
    setCertificateVerifyProc: () => undefined,
    setProxy: () => Promise.resolve(),
  }),
  { protocol, webRequest: { onBeforeRequest: () => undefined, onHeadersReceived: () => undefined } },
)

export const session = { defaultSession, fromPartition: () => defaultSession }
