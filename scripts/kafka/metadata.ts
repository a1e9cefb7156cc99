import { connect } from 'node:net'

/** A node as the cluster lists it. Nodes that are down or still catching up are not listed. */
export interface ListedNode {
  readonly id: number
  readonly address: string
}

/**
 * Asks one node for its view of the cluster: a single Metadata request (version 1) written by hand, so that the brokers
 * here depend on no client. undefined: the node does not answer within `timeout` ms.
 * https://kafka.apache.org/protocol.html#The_Messages_Metadata
 */
export function listNodes(port: number, timeout = 1_000): Promise<readonly ListedNode[] | undefined> {
  const { promise, resolve } = Promise.withResolvers<readonly ListedNode[] | undefined>()
  const socket = connect({ port, host: '127.0.0.1' })
  const parts: Buffer[] = []
  const done = (nodes: readonly ListedNode[] | undefined) => {
    socket.destroy()
    resolve(nodes)
  }
  socket.setTimeout(timeout, () => done(undefined))
  socket.on('error', () => done(undefined))
  socket.on('close', () => done(undefined))
  socket.on('connect', () => socket.write(REQUEST))
  socket.on('data', (part) => {
    parts.push(part)
    const bytes = Buffer.concat(parts)
    if (bytes.length >= 4 && bytes.length >= 4 + bytes.readInt32BE(0)) done(decodeNodes(bytes))
  })
  return promise
}

/** Length; API 3, version 1; correlation 0; no client id; an empty list of topics. */
const REQUEST = Buffer.from([0, 0, 0, 14, 0, 3, 0, 1, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0])

/** Reads the list of brokers, the first field of a Metadata answer (version 1) after its length and correlation. */
export function decodeNodes(bytes: Buffer): readonly ListedNode[] {
  let at = 8
  const text = () => {
    const length = bytes.readInt16BE(at)
    const start = at + 2
    at = start + Math.max(length, 0) // a length of −1 means no text
    return bytes.toString('utf8', start, at)
  }
  const int = () => bytes.readInt32BE((at += 4) - 4)
  return Array.from({ length: int() }, () => {
    const node = { id: int(), address: `${text()}:${int()}` }
    text() // rack
    return node
  })
}
