import { createServer } from 'node:net'

/** Below the ports that systems hand out for outgoing connections: a node that is down keeps its port free for its return. */
const FIRST = 20_000
const LAST = 31_999

/** Whether a server could listen on this port of 127.0.0.1 now. */
export function isFree(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const server = createServer()
  server.once('error', () => resolve(false))
  server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)))
  return promise
}

/** Ports that nothing listens on, each given once. */
export async function freePorts(count: number): Promise<number[]> {
  const found = new Set<number>()
  while (found.size < count) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST + 1))
    if (!found.has(port) && (await isFree(port))) found.add(port)
  }
  return [...found]
}
