/** Looks for an update and fetches it. What it hands out was checked: the feed's signature, the file's size and its hash. */

import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { UpdateFile, UpdatePackage } from './feed.ts'
import { isNewer, readFeed, readPublicKey } from './feed.ts'
import { UpdateError } from './update-error.ts'

export interface FeedOptions {
  /** Address of the feed's folder, https; the files lie beside it. */
  readonly url: string
  /** Base64 of the Ed25519 key's 32 bytes. */
  readonly publicKey: string
  /** The version that runs. */
  readonly version: string
  readonly package: UpdatePackage
  readonly arch: string
  /** Where a fetched file is kept until it is installed. */
  readonly folder: string
  readonly fetch: (url: string) => Promise<Response>
}

export interface UpdateFeed {
  /** The newer version, if there is one for this machine. Rejects with UpdateError. */
  check(): Promise<string | undefined>
  /** Fetches what the last check found. Rejects with UpdateError, and then leaves nothing behind. `onShare`: 0 … 1. */
  download(onShare: (share: number) => void): Promise<void>
  /** The fetched file, checked once more: whoever can write the folder could have changed it since. */
  fetched(): Promise<string>
}

export const FEED_NAME = 'tapedeck-updates.json'
const LARGEST_FEED = 200_000

/** Throws UpdateError where the address or the key cannot be used. */
export function openFeed(options: FeedOptions): UpdateFeed {
  const base = checkFeedAddress(options.url)
  const key = readPublicKey(options.publicKey)
  let found: UpdateFile | undefined
  const placeOf = (file: UpdateFile) => join(options.folder, file.name)

  const get = async (name: string): Promise<Response> => {
    const response = await options.fetch(new URL(name, base).href).catch((error: unknown) => {
      throw new UpdateError(`The update server was not reached (${reasonOf(error)}).`)
    })
    if (!response.ok) throw new UpdateError(`The update server answered ${response.status} for ${name}.`)
    return response
  }

  return {
    async check() {
      found = undefined
      const response = await get(FEED_NAME)
      const feed = readFeed(await limitedText(response, LARGEST_FEED), key)
      // An older feed, signed once upon a time, would bring old holes back.
      if (!isNewer(feed.version, options.version)) return undefined
      found = feed.files.find((each) => each.package === options.package && each.arch === options.arch)
      return found && feed.version
    },

    async download(onShare) {
      const file = found
      if (!file) throw new UpdateError('There is no update to fetch. Look for one first.')
      await emptyFolder(options.folder)
      const unfinished = `${placeOf(file)}.unfinished`
      try {
        const response = await get(encodeURIComponent(file.name))
        await store(response, file, unfinished, onShare)
        await rename(unfinished, placeOf(file))
      } catch (error) {
        await rm(unfinished, { force: true })
        throw error instanceof UpdateError ? error : new UpdateError(`The update was not fetched (${reasonOf(error)}).`)
      }
    },

    async fetched() {
      const file = found
      if (!file) throw new UpdateError('No update was fetched.')
      const hash = createHash('sha512')
      await pipeline(createReadStream(placeOf(file)), hash)
      if (hash.digest('hex') === file.sha512) return placeOf(file)
      await rm(placeOf(file), { force: true })
      throw new UpdateError(`${file.name} was changed after it had been fetched. It was not installed.`)
    },
  }
}

async function store(
  response: Response,
  file: UpdateFile,
  path: string,
  onShare: (share: number) => void,
): Promise<void> {
  const hash = createHash('sha512')
  let bytes = 0
  let told = 0
  const output = await open(path, 'wx', 0o600)
  try {
    for await (const part of response.body ?? []) {
      bytes += part.byteLength
      if (bytes > file.bytes) throw new UpdateError(`${file.name} is longer than the feed says. It was not kept.`)
      hash.update(part)
      await output.writeFile(part)
      const share = Math.floor((100 * bytes) / file.bytes) / 100
      if (share > told) onShare((told = share))
    }
  } finally {
    await output.close()
  }
  if (bytes !== file.bytes) throw new UpdateError(`${file.name} ended after ${bytes} of ${file.bytes} bytes.`)
  if (hash.digest('hex') !== file.sha512)
    throw new UpdateError(`${file.name} is not what the feed says (its SHA-512 differs). It was not kept.`)
}

/** The address of a feed's folder. Throws UpdateError unless it is https; on this machine itself, for tests, http will do. */
export function checkFeedAddress(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined
  const isLocal = url?.protocol === 'http:' && ['127.0.0.1', '[::1]'].includes(url.hostname)
  if (!url || (url.protocol !== 'https:' && !isLocal))
    throw new UpdateError(`Updates cannot come from "${address}": the address must begin with https://.`)
  return url.href.endsWith('/') ? url.href : `${url.href}/`
}

async function limitedText(response: Response, limit: number): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const part of response.body ?? []) {
    text += decoder.decode(part, { stream: true })
    if (text.length > limit) throw new UpdateError('What the update server sent is no feed.')
  }
  return text
}

async function emptyFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true })
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return cause instanceof Error ? cause.message : String(cause)
}
