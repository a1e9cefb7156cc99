import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Gzip } from 'node:zlib'
import { createGzip } from 'node:zlib'
import type { ExportFile } from '../../../shared/export-view.ts'

/** A file that is not there yet: written under '<name>.part', and under its own name only once all of it is on disk. */
export interface PartFile {
  /** Bytes on disk so far. */
  readonly bytes: number
  write(text: string): Promise<void> | void
  /** Writes what is left and waits for the disk. */
  finish(): Promise<FinishedPart>
  /** Removes what was written. */
  abandon(): void
}

export interface FinishedPart {
  readonly part: string
  readonly bytes: number
  readonly sha256: string
}

/** Opens '<path>.part' for writing; the bytes are hashed as they pass. */
export function openPart(path: string, options: { readonly gzip: boolean }): PartFile {
  const part = `${path}.part`
  const descriptor = openSync(part, 'w')
  const hash = createHash('sha256')
  let bytes = 0
  let open = true
  let room = Buffer.alloc(0)
  /** The text's bytes, in a buffer used again and again: a fresh one each time would wait for the collector by the dozen. */
  const encode = (text: string): Uint8Array => {
    const needed = text.length * 3 // UTF-8 takes at most three bytes for each unit of a string
    if (room.length < needed) room = Buffer.allocUnsafeSlow(needed)
    return room.subarray(0, room.write(text))
  }
  const put = (chunk: Uint8Array): void => {
    hash.update(chunk)
    for (let at = 0; at < chunk.length;) at += writeSync(descriptor, chunk, at)
    bytes += chunk.length
  }
  const close = (): void => {
    if (open) closeSync(descriptor)
    open = false
  }
  const gzip = options.gzip ? createPress(put) : undefined
  return {
    get bytes() {
      return bytes
    },
    write: (text) => (gzip ? gzip.write(text) : put(encode(text))),
    async finish() {
      await gzip?.end()
      fsyncSync(descriptor)
      close()
      return { part, bytes, sha256: hash.digest('hex') }
    },
    abandon() {
      gzip?.destroy()
      close()
      rmSync(part, { force: true })
    },
  }
}

/** gzip whose output is put where it was asked for, so that a full disk is an error of `write` and not of a stream. */
function createPress(put: (chunk: Uint8Array) => void) {
  const gzip: Gzip = createGzip({ chunkSize: 64 * 1024 })
  let ready: Uint8Array[] = []
  let failure: Error | undefined
  gzip.on('data', (chunk: Uint8Array) => ready.push(chunk))
  gzip.on('error', (error) => (failure = error))
  const drain = (): void => {
    const chunks = ready
    ready = []
    for (const chunk of chunks) put(chunk)
    if (failure) throw failure
  }
  return {
    async write(text: string): Promise<void> {
      await new Promise<void>((resolve) => gzip.write(text, () => resolve()))
      drain()
    },
    async end(): Promise<void> {
      const ended = new Promise((resolve) => gzip.once('end', resolve).once('error', resolve))
      gzip.end()
      await ended
      drain()
    },
    destroy: () => void gzip.destroy(),
  }
}

/**
 * Gives finished parts their names, all or none: where one cannot be renamed, those before it are removed again. The last
 * name to appear is the sidecar's, so whoever sees it sees the whole export.
 */
export function publish(
  folder: string,
  files: readonly (FinishedPart & { readonly name: string })[],
): readonly ExportFile[] {
  const named: string[] = []
  try {
    for (const file of files) {
      const path = join(folder, file.name)
      renameSync(file.part, path)
      named.push(path)
    }
  } catch (error) {
    for (const path of named) rmSync(path, { force: true })
    throw error
  }
  syncFolder(folder)
  return files.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 }))
}

/** Removes parts that did not become files. */
export function abandonParts(folder: string, names: readonly string[]): void {
  for (const name of names) rmSync(join(folder, `${name}.part`), { force: true })
}

function syncFolder(folder: string): void {
  try {
    const descriptor = openSync(folder, 'r')
    fsyncSync(descriptor)
    closeSync(descriptor)
  } catch {
    // Windows opens no folders; a rename there is as durable as the system makes it.
  }
}
