import { mkdtempSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, RequestListener } from 'node:http'
import { createServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { connect, createServer as createTcpServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import { FaultError } from '../../shared/faults.ts'
import { systemClock } from './clock.ts'
import type { Answer } from './http.ts'
import { createGet } from './http.ts'
import { NetworkFault } from './network-faults.ts'
import type { NetworkSettings } from './network.ts'
import { openNetwork, rebase } from './network.ts'
import { LOOPBACK } from './testing/loopback-certificate.ts'

const open: { close(): void }[] = []
afterEach(() => {
  for (const each of open.splice(0)) each.close()
})

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', () => resolve()))
  open.push(server)
  return (server.address() as AddressInfo).port
}

const serve = (listener: RequestListener) => listen(createServer(listener))

function get(
  url: string,
  settings: NetworkSettings = {},
  limits = { request: 5_000, maxBody: 1_000_000 },
): Promise<Answer> {
  const network = openNetwork({ version: '1.2.3', ...settings })
  open.push(network)
  return createGet(network, systemClock, limits)(url, new AbortController().signal)
}

/** Code and retryAfter of the fault with which it ended. */
async function faultOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work
    return 'no fault'
  } catch (error) {
    if (error instanceof NetworkFault)
      return error.retryAfter === undefined ? error.fault.code : [error.fault.code, error.retryAfter]
    return error instanceof FaultError ? error.fault.code : error
  }
}

describe('a request', () => {
  it('names Tapedeck, takes gzip and sends no Origin', async () => {
    let asked: IncomingMessage | undefined
    const port = await serve((request, response) => {
      asked = request
      response
        .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
        .end(gzipSync('{"a":1}'))
    })
    const { status, body, date, sentAt, receivedAt } = await get(`http://127.0.0.1:${port}/x?y=1`)
    expect({ status, body, hasDate: date !== undefined, ordered: sentAt <= receivedAt }).toEqual({
      status: 200,
      body: '{"a":1}',
      hasDate: true,
      ordered: true,
    })
    expect([asked?.url, asked?.headers['user-agent'], asked?.headers.origin]).toEqual([
      '/x?y=1',
      'Tapedeck/1.2.3',
      undefined,
    ])
  })

  it('that the venue refuses in JSON is an answer for its decoder', async () => {
    const port = await serve((_, response) =>
      response.writeHead(400, { 'content-type': 'application/json' }).end('{"code":-1121}'),
    )
    expect(await get(`http://127.0.0.1:${port}`)).toMatchObject({ status: 400, body: '{"code":-1121}' })
  })
})

describe('what fails has its own fault', () => {
  const html = { 'content-type': 'text/html' }
  const json = { 'content-type': 'application/json' }
  it.each([
    ['429', 429, { ...json, 'retry-after': '7' }, '{}', ['rate-limited', 7_000]],
    ['429 without a time', 429, json, '{}', ['rate-limited', 30_000]],
    ['418', 418, { ...json, 'retry-after': '120' }, '{}', ['banned', 120_000]],
    ['418 with an absurd time', 418, { ...json, 'retry-after': '999999999' }, '{}', ['banned', 3_600_000]],
    ['451', 451, json, '{"code":0}', 'region-blocked'],
    ['403 as a page', 403, html, '<html>', 'region-blocked'],
    ['503', 503, json, '{}', 'venue-error'],
    ['a redirect', 302, { location: 'http://login.example' }, '', 'venue-error'],
    ['a sign-in page', 200, html, '<!doctype html>', 'venue-error'],
    ['a sign-in page that says it is JSON', 200, json, '<!DOCTYPE html>', 'venue-error'],
    ['407', 407, json, '{}', 'proxy-failed'],
  ] as const)('%s', async (_, status, headers, body, fault) => {
    const port = await serve((_, response) => response.writeHead(status, headers).end(body))
    expect(await faultOf(get(`http://127.0.0.1:${port}`))).toEqual(fault)
  })

  it('nobody listens', async () => {
    const port = await listen(createTcpServer())
    open.pop()?.close()
    expect(await faultOf(get(`http://127.0.0.1:${port}`))).toBe('connect-refused')
  })

  it('no such name', async () => {
    expect(await faultOf(get('http://no-such-host.invalid'))).toBe('dns-failed')
  })

  it('no answer in time, and an answer that never ends', async () => {
    const silent = await serve(() => undefined)
    const endless = await serve((_, response) => void response.writeHead(200, json).write('[1,'))
    const limits = { request: 200, maxBody: 1_000 }
    expect([
      await faultOf(get(`http://127.0.0.1:${silent}`, {}, limits)),
      await faultOf(get(`http://127.0.0.1:${endless}`, {}, limits)),
    ]).toEqual(['connect-timeout', 'connect-timeout'])
  })

  it('cut off in the middle', async () => {
    const port = await serve((_, response) => {
      response.writeHead(200, { ...json, 'content-length': '100' }).write('[1')
      setImmediate(() => response.destroy())
    })
    expect(await faultOf(get(`http://127.0.0.1:${port}`))).toBe('socket-closed')
  })

  it('larger than may be, also when it grows that large only when unpacked', async () => {
    const port = await serve((_, response) => {
      response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(5_000_000)))
    })
    expect(await faultOf(get(`http://127.0.0.1:${port}`))).toBe('venue-error')
  })

  it('cancelled', async () => {
    const port = await serve(() => undefined)
    const network = openNetwork({})
    open.push(network)
    const abort = new AbortController()
    const work = createGet(network, systemClock, { request: 5_000, maxBody: 1_000 })(
      `http://127.0.0.1:${port}`,
      abort.signal,
    )
    abort.abort()
    expect(await faultOf(work)).toBe('cancelled')
  })
})

/** Code and field with which a certificate file is refused. */
function complaint(caFile: string): unknown {
  try {
    openNetwork({ caFile })
    return 'none'
  } catch (error) {
    return error instanceof FaultError ? `${error.fault.code} ${error.message.split(':')[0]}` : error
  }
}

describe('certificates', () => {
  it('that nobody vouches for are refused, and accepted once their authority is in "caFile"', async () => {
    const url = `https://127.0.0.1:${await listen(createSecureServer(LOOPBACK, (_, response) => response.end('{}')))}`
    const caFile = join(mkdtempSync(join(tmpdir(), 'tapedeck-')), 'ca.pem')
    writeFileSync(caFile, LOOPBACK.cert)
    expect(await faultOf(get(url))).toBe('tls-failed')
    expect(await get(url, { caFile })).toMatchObject({ body: '{}' })
  })

  it('in a file that cannot be used are named', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'tapedeck-')), 'ca.pem')
    const found = [complaint(file)]
    writeFileSync(file, 'no certificate')
    found.push(complaint(file))
    writeFileSync(file, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----')
    found.push(complaint(file))
    expect(found).toEqual(['bad-setting caFile', 'bad-setting caFile', 'bad-setting caFile'])
  })
})

describe('a proxy', () => {
  it('over HTTP is asked to connect', async () => {
    const target = await serve((_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"t":1}'),
    )
    const asked: string[] = []
    const proxy = createServer()
    proxy.on('connect', (request, socket) => {
      asked.push(request.url ?? '')
      const through = connect(target, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n')
        through.pipe(socket).pipe(through)
      })
      through.on('error', () => socket.destroy())
    })
    const port = await listen(proxy)
    const { body } = await get('http://venue.example/x', { proxy: `http://127.0.0.1:${port}` })
    expect([body, asked]).toEqual(['{"t":1}', ['venue.example:80']])
  })

  it('over SOCKS5 resolves the name itself', async () => {
    const target = await serve((_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"t":2}'),
    )
    const asked: string[] = []
    const proxy = createTcpServer((socket) => {
      socket.on('error', () => undefined)
      socket.once('data', () => {
        socket.write(Buffer.from([5, 0]))
        socket.once('data', (request: Buffer) => {
          asked.push(request.subarray(5, 5 + request[4]!).toString())
          const through = connect(target, '127.0.0.1', () => {
            socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]))
            through.pipe(socket).pipe(through)
          })
          through.on('error', () => socket.destroy())
        })
      })
    })
    const port = await listen(proxy)
    const { body } = await get('http://venue.example/x', { proxy: `socks5h://127.0.0.1:${port}` })
    expect([body, asked]).toEqual(['{"t":2}', ['venue.example']])
  })

  it('that is away, or refuses, is the one to blame', async () => {
    const port = await listen(createTcpServer())
    open.pop()?.close()
    const refusing = createServer()
    refusing.on('connect', (_, socket) => void socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'))
    const stern = await listen(refusing)
    expect([
      await faultOf(get('http://venue.example', { proxy: `http://127.0.0.1:${port}` })),
      await faultOf(get('http://venue.example', { proxy: `socks5://127.0.0.1:${port}` })),
      await faultOf(get('http://venue.example', { proxy: `http://127.0.0.1:${stern}` })),
    ]).toEqual(['proxy-failed', 'proxy-failed', 'proxy-failed'])
  })

  it('that is none is a bad setting', () => {
    expect(() => openNetwork({ proxy: 'ftp://x' })).toThrowError(/^proxy: must look like/)
  })
})

describe('other addresses', () => {
  it('keep the venue’s path and query', () => {
    expect([
      rebase('wss://api.upbit.com/websocket/v1', 'ws://127.0.0.1:4000/upbit'),
      rebase('wss://x.example/stream?streams=a/b', 'ws://127.0.0.1:4000/'),
      rebase('https://x.example', 'http://127.0.0.1:4000/x'),
    ]).toEqual([
      'ws://127.0.0.1:4000/upbit/websocket/v1',
      'ws://127.0.0.1:4000/stream?streams=a/b',
      'http://127.0.0.1:4000/x',
    ])
  })
})
