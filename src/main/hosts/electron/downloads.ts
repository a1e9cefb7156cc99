import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { Readable } from 'node:stream'
import type { Millis } from '../../../shared/market.ts'
import type { ToEngine } from './engine-messages.ts'

export interface DownloadFile {
  readonly path: string
  readonly name: string
}

/** The file behind a ticket, once. */
export type Redeem = (ticket: string) => Promise<DownloadFile | undefined>

const ANSWER_WITHIN: Millis = 5_000

/** Asks the engine's process what is behind a ticket. */
export function createRedeemer(post: (message: ToEngine) => void) {
  const asked = new Map<number, (file: DownloadFile | undefined) => void>()
  let ids = 0
  const onRedeemed = (id: number, file: DownloadFile | undefined) => {
    asked.get(id)?.(file)
    asked.delete(id)
  }
  return {
    redeem: ((ticket) => {
      ids += 1
      const id = ids
      return new Promise((resolve) => {
        const timer = setTimeout(() => onRedeemed(id, undefined), ANSWER_WITHIN)
        asked.set(id, (file) => {
          clearTimeout(timer)
          resolve(file)
        })
        post({ kind: 'redeem', id, ticket })
      })
    }) satisfies Redeem,
    onRedeemed,
    /** The engine is gone: whoever waits is told that there is nothing. */
    giveUp() {
      for (const id of asked.keys()) onRedeemed(id, undefined)
    },
  }
}

/**
 * Lets only files through that lie where exports are written, in one of these data folders. The engine names the path, and
 * the engine reads what strangers send: its word alone opens no other file.
 */
export function onlyExports(redeem: Redeem, dataFolders: readonly string[]): Redeem {
  const homes = dataFolders.map((folder) => resolve(folder, 'exports'))
  return async (ticket) => {
    const file = await redeem(ticket)
    if (!file) return undefined
    const path = resolve(file.path)
    const inside = homes.some((home) => dirname(path) === home || dirname(dirname(path)) === home)
    return inside ? { path, name: basename(file.name) } : undefined
  }
}

/** A file as a download: Electron then shows the system's save dialog. */
export async function download(file: DownloadFile | undefined): Promise<Response> {
  if (!file)
    return new Response('This download is no longer valid. Ask for it again in the export window.', { status: 404 })
  const { size } = await stat(file.path)
  return new Response(Readable.toWeb(createReadStream(file.path)) as ReadableStream, {
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': String(size),
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'x-content-type-options': 'nosniff',
    },
  })
}
