/**
 * The feed of updates: one small JSON file, signed with Ed25519. Only what it names is ever fetched, and only as it names it
 * (size and SHA-512), so that neither the server nor the way to it has to be trusted.
 */

import type { KeyObject } from 'node:crypto'
import { createPublicKey, verify } from 'node:crypto'
import { z } from 'zod'
import { UpdateError } from './update-error.ts'

/** Put before what is signed, so that a signature made for anything else is none here. */
export const SIGNED_AS = 'tapedeck-feed-v1\n'

/** How a file of the feed is installed. */
export const UPDATE_PACKAGES = ['appimage', 'nsis', 'dmg'] as const
export type UpdatePackage = (typeof UPDATE_PACKAGES)[number]

const fileSchema = z.strictObject({
  package: z.enum(UPDATE_PACKAGES),
  arch: z.enum(['x64', 'arm64']),
  /** Beside the feed. */
  name: z.string().regex(/^[\w][\w. -]{0,120}$/, 'must be the name of a file, without a folder'),
  bytes: z.number().int().min(1).max(1_000_000_000),
  /** Of the whole file, in hex. */
  sha512: z.string().regex(/^[0-9a-f]{128}$/),
})
export type UpdateFile = z.output<typeof fileSchema>

const feedSchema = z.strictObject({
  version: z.string().regex(/^\d{1,5}\.\d{1,5}\.\d{1,5}$/, 'must look like 1.2.3'),
  files: z.array(fileSchema).min(1).max(20),
})
export type Feed = z.output<typeof feedSchema>

const envelopeSchema = z.strictObject({
  /** The feed as JSON text, exactly as it was signed. */
  signed: z.string().max(100_000),
  /** Base64 of 64 bytes. */
  signature: z.string().length(88),
})

/** Base64 of a public key's 32 bytes, as it stands in package.json. Throws where it is none. */
export function readPublicKey(base64: string): KeyObject {
  const raw = Buffer.from(base64, 'base64')
  if (raw.length !== 32) throw new UpdateError('The key that updates are checked with is not 32 bytes of base64.')
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' })
}

/** Reads a feed and checks its signature first. Throws UpdateError where anything is not as it should be. */
export function readFeed(text: string, key: KeyObject): Feed {
  const envelope = envelopeSchema.safeParse(fromJson(text))
  if (!envelope.success) throw new UpdateError('What the update server sent is no feed.')
  const { signed, signature } = envelope.data
  if (!verify(null, Buffer.from(SIGNED_AS + signed), key, Buffer.from(signature, 'base64')))
    throw new UpdateError('The feed of updates is not signed by the makers of this Tapedeck. Nothing was fetched.')
  const feed = feedSchema.safeParse(fromJson(signed))
  if (!feed.success) throw new UpdateError('The feed of updates is of a kind that this version does not know.')
  return feed.data
}

/** Whether `version` is newer than `than`. Both are three numbers; what follows a '-' comes before the same numbers without. */
export function isNewer(version: string, than: string): boolean {
  const [left, right] = [numbersOf(version), numbersOf(than)]
  for (const index of [0, 1, 2]) {
    const [a, b] = [left[index] ?? 0, right[index] ?? 0]
    if (a !== b) return a > b
  }
  return than.includes('-') && !version.includes('-')
}

function numbersOf(version: string): readonly number[] {
  return (version.split('-')[0] ?? '').split('.').map(Number)
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
