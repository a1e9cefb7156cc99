import { createDecipheriv } from 'node:crypto'
import type { DecoderTools, Exchange, Message } from '../exchanges/exchange.ts'

const TOOLS: DecoderTools = {
  decrypt(text, key, iv) {
    try {
      const cipher = createDecipheriv('aes-256-cbc', Buffer.from(key, 'utf8'), Buffer.from(iv, 'utf8'))
      return Buffer.concat([cipher.update(text, 'base64'), cipher.final()]).toString('utf8')
    } catch {
      return undefined // another key, or no whole text
    }
  },
}

/** Reads each connection's frames by a decoder of its own, where the venue's frames depend on earlier ones. */
export function createDecoders(
  exchange: Pick<Exchange, 'decode' | 'decoder'>,
): (frame: string, source: object) => readonly Message[] {
  const { decoder } = exchange
  if (decoder === undefined) return (frame) => exchange.decode(frame)
  const decoders = new WeakMap<object, Exchange['decode']>()
  return (frame, source) => {
    let decode = decoders.get(source)
    if (decode === undefined) decoders.set(source, (decode = decoder(TOOLS)))
    return decode(frame)
  }
}
