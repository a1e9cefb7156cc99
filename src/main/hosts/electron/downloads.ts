import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'

export interface DownloadFile {
  readonly path: string
  readonly name: string
}

/** The file behind a ticket, once. */
export type Redeem = (ticket: string) => Promise<DownloadFile | undefined>

/** Asks the engine's process what is behind a ticket. It answers `{ kind: 'redeemed', id, file? }`. */
export function createRedeemer(post: (message: unknown) => void) {
  const asked = new Map<number, (file: DownloadFile | undefined) => void>()
  let ids = 0
  return {
    redeem(ticket: string): Promise<DownloadFile | undefined> {
      ids += 1
      const id = ids
      return new Promise((resolve) => {
        const timer = setTimeout(() => answer(id, undefined), 5_000)
        asked.set(id, (file) => {
          clearTimeout(timer)
          resolve(file)
        })
        post({ kind: 'redeem', id, ticket })
      })
    },
    onMessage(message: unknown): void {
      const { kind, id, file } = message as { kind?: string; id?: number; file?: DownloadFile }
      if (kind === 'redeemed' && id !== undefined) answer(id, file)
    },
  }

  function answer(id: number, file: DownloadFile | undefined): void {
    asked.get(id)?.(file)
    asked.delete(id)
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
