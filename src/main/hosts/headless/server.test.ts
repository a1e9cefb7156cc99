import { mkdtempSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { Port } from '../../../shared/bridge.ts'
import type { Server } from './server.ts'
import { openServer } from './server.ts'

const folder = mkdtempSync(join(tmpdir(), 'tapedeck-server-'))
let server: Server
let served: Port[] = []
let isUp = true

beforeAll(async () => {
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Tapedeck</title>')
  writeFileSync(join(folder, '.secret'), 'x')
  const file = join(folder, 'bars.csv')
  writeFileSync(file, 'a,b\n')
  let tickets = 1
  server = await openServer({
    page: folder,
    port: 0,
    engine: () =>
      isUp
        ? {
            serve: (port) => void served.push(port),
            redeem: (ticket) => (ticket === 'good' && tickets-- > 0 ? { path: file, name: '비트코인.csv' } : undefined),
          }
        : undefined,
    monitoring: { metrics: async () => 'tapedeck_engine_up 1\n', health: async () => ({ status: 'ok' }) },
  })
})
afterAll(() => server.close())

/** A request as an attacker can form it, any header at all. */
function get(
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: server.port, path, headers }, (response) => {
      let body = ''
      response.on('data', (chunk: Buffer) => (body += chunk.toString()))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
      .on('error', reject)
      .end()
  })
}

/** Opens the bridge; resolves with 'open', or the status that refused it. */
function knock(options: {
  protocols?: string[]
  origin?: string
  host?: string
  path?: string
}): Promise<string | number> {
  const headers = options.host ? { host: options.host } : {}
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}${options.path ?? '/bridge'}`, options.protocols ?? [], {
    headers,
    ...(options.origin === undefined ? {} : { origin: options.origin }),
  })
  return new Promise((resolve) => {
    socket.on('open', () => {
      resolve(`open ${socket.protocol}`)
      socket.close()
    })
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
    socket.on('error', () => resolve('error'))
  })
}

describe('the headless server', () => {
  const mine = () => ({
    protocols: ['tapedeck.v1', `token.${server.token}`],
    origin: `http://127.0.0.1:${server.port}`,
  })

  it('A-63 lets a page of its own in, and answers with the protocol without the token', async () => {
    await expect(knock(mine())).resolves.toBe('open tapedeck.v1')
    expect(served.length).toBeGreaterThan(0)
  })

  it.each([
    ['a wrong token', () => ({ ...mine(), protocols: ['tapedeck.v1', 'token.AAAA'] }), 401],
    ['no token', () => ({ ...mine(), protocols: ['tapedeck.v1'] }), 401],
    [
      'a token in the address',
      () => ({ ...mine(), protocols: ['tapedeck.v1'], path: `/bridge?token=${server.token}` }),
      401,
    ],
    ['no origin', () => ({ protocols: mine().protocols }), 403],
    ['another site’s origin', () => ({ ...mine(), origin: 'https://evil.example' }), 403],
    ['origin null', () => ({ ...mine(), origin: 'null' }), 403],
    ['another port’s origin', () => ({ ...mine(), origin: 'http://127.0.0.1:1' }), 403],
    ['a rebound host name', () => ({ ...mine(), host: `evil.example:${server.port}` }), 421],
  ])('A-63 refuses %s', async (_what, options, status) => {
    await expect(knock(options())).resolves.toBe(status)
  })

  it('A-77 tells metrics and health to whoever sends the token in a header, and to nobody else', async () => {
    const given = { authorization: `Bearer ${server.token}` }
    expect(await get('/metrics', given)).toMatchObject({ status: 200, body: 'tapedeck_engine_up 1\n' })
    expect(await get('/health', given)).toMatchObject({ status: 200, body: '{"status":"ok"}' })
    for (const path of ['/metrics', '/health']) {
      const refused = await get(path)
      expect(refused).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' } })
      expect(refused.body).not.toContain('tapedeck_engine_up')
      expect((await get(`${path}?token=${server.token}`)).status).toBe(401)
      expect((await get(path, { authorization: 'Bearer AAAA' })).status).toBe(401)
      expect((await get(path, { authorization: `Basic ${server.token}` })).status).toBe(401)
      expect((await get(path, { ...given, host: 'evil.example' })).status).toBe(421)
      expect((await get(path, { ...given, origin: 'https://evil.example' })).status).toBe(403)
    }
  })

  it('refuses other hosts and cross-site requests for plain files too', async () => {
    expect((await get('/index.html')).status).toBe(200)
    expect((await get('/index.html', { host: 'evil.example' })).status).toBe(421)
    expect((await get('/index.html', { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await get('/index.html', { origin: 'https://evil.example' })).status).toBe(403)
  })

  it('sends a content policy that allows nothing foreign, with every answer', async () => {
    const { headers } = await get('/')
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'")
    expect(headers['content-security-policy']).toContain("require-trusted-types-for 'script'")
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect((await get('/nothing-here')).headers['x-content-type-options']).toBe('nosniff')
  })

  it.each(['/../package.json', '/..%2f..%2fetc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/.secret', '/%00', '/..\\..\\x'])(
    'serves nothing outside the page for %s',
    async (path) => {
      const { status } = await get(path)
      expect([400, 403, 404]).toContain(status)
    },
  )

  it('gives a download once, with its name and length', async () => {
    const first = await get('/exports/good')
    expect(first).toMatchObject({ status: 200, body: 'a,b\n' })
    expect(first.headers['content-length']).toBe('4')
    expect(first.headers['content-disposition']).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent('비트코인.csv')}`,
    )
    expect((await get('/exports/good')).status).toBe(404)
    expect((await get('/exports/guessed')).status).toBe(404)
  })

  it('cuts off a page that sends a frame beyond the limit, or no JSON', async () => {
    for (const text of ['x'.repeat(300_000), 'not json']) {
      const { protocols, origin } = mine()
      const socket = new WebSocket(`ws://127.0.0.1:${server.port}/bridge`, protocols, { origin })
      const code = await new Promise((resolve) => {
        socket.on('open', () => {
          // The engine listens only once a page is served: these ports have no handlers, so the socket's own rules act.
          served.at(-1)?.onMessage(() => undefined)
          socket.send(text)
        })
        socket.on('close', resolve)
      })
      expect([1009, 1007]).toContain(code)
    }
  })

  it('tells a page to come back while the engine is being replaced', async () => {
    isUp = false
    const { protocols, origin } = mine()
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/bridge`, protocols, { origin })
    const code = await new Promise((resolve) => socket.on('close', resolve))
    isUp = true
    expect(code).toBe(1012)
  })

  it('listens on loopback only', async () => {
    const { networkInterfaces } = await import('node:os')
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((each) => each && !each.internal && each.family === 'IPv4')
    if (!outside) return expect(outside).toBe(undefined)
    const refused = await new Promise((resolve) => {
      request({ host: outside.address, port: server.port, path: '/' }, () => resolve(false))
        .on('error', () => resolve(true))
        .end()
    })
    expect(refused).toBe(true)
    served = []
  })
})
