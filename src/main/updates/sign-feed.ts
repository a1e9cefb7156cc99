import type { KeyObject } from 'node:crypto'
import { sign } from 'node:crypto'
import type { Feed } from './feed.ts'
import { SIGNED_AS } from './feed.ts'

/** The feed's file as it is put on the server: what `readFeed` reads. `key`: the makers' private Ed25519 key. */
export function signFeed(feed: Feed, key: KeyObject): string {
  const signed = JSON.stringify(feed)
  const signature = sign(null, Buffer.from(SIGNED_AS + signed), key).toString('base64')
  return `${JSON.stringify({ signed, signature }, null, 2)}\n`
}
