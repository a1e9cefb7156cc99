import { timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** Why a request is not for us: another host name (DNS rebinding), another site's page. */
export function refuse(
  request: FastifyRequest,
  hosts: ReadonlySet<string>,
  origins: ReadonlySet<string>,
): { readonly status: number; readonly text: string } | undefined {
  const [mine = '127.0.0.1'] = hosts
  if (!hosts.has(request.headers.host ?? '')) return { status: 421, text: `Wrong host. Open Tapedeck at ${mine}.` }
  const origin = request.headers.origin
  if (origin !== undefined && !origins.has(origin)) return { status: 403, text: 'Another site may not use Tapedeck.' }
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    return { status: 403, text: 'Another site may not use Tapedeck.' }
  return undefined
}

/** Answers and hangs up: a refused upgrade would else keep its connection for as long as the other side likes. */
export async function deny(request: FastifyRequest, reply: FastifyReply, status: number, text: string): Promise<void> {
  reply.raw.once('finish', () => request.raw.socket.end())
  await reply.code(status).header('connection', 'close').type('text/plain').send(text)
}

/** Whether what was given is the secret; how long it takes tells nothing of it but its length. */
export function isSecret(given: string, secret: string): boolean {
  const [theirs, mine] = [Buffer.from(given), Buffer.from(secret)]
  return mine.length === theirs.length && timingSafeEqual(mine, theirs)
}
