import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { download } from './downloads.ts'
import type { Redeem } from './downloads.ts'
import { CONTENT_SECURITY_POLICY } from '../content-security-policy.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
}

/** Answers app://tapedeck/… from the built page's folder, and /exports/<ticket> with the file behind the ticket. Nothing else. */
export function pageHandler(folder: string, redeem: Redeem): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = new URL(request.url)
    const ticket = /^\/exports\/([\w-]{1,64})$/.exec(url.pathname)?.[1]
    if (url.host === 'tapedeck' && ticket !== undefined) return download(await redeem(ticket))
    let path: string
    try {
      path = normalize(join(folder, decodeURIComponent(url.pathname)))
    } catch {
      return new Response('Bad address', { status: 400 })
    }
    const type = TYPES[extname(path)]
    if (url.host !== 'tapedeck' || !path.startsWith(folder + sep) || path.includes('\0') || !type)
      return new Response('Not found', { status: 404 })
    try {
      return new Response(await readFile(path), {
        headers: {
          'content-type': type,
          'content-security-policy': CONTENT_SECURITY_POLICY,
          'x-content-type-options': 'nosniff',
        },
      })
    } catch {
      return new Response('Not found', { status: 404 })
    }
  }
}
