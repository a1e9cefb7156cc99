import type { IncomingHttpHeaders } from 'node:http'
import { request } from 'node:http'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { hostname } from 'node:os'
import { afterEach, describe, expect, test } from 'vitest'
import type { HealthAnswer } from '../../metrics/monitoring.ts'
import { listenAddress } from './arguments.ts'
import type { MonitoringListener } from './monitoring-listener.ts'
import { openMonitoringListener } from './monitoring-listener.ts'

const STUCK: HealthAnswer = {
  status: 'failing',
  parts: [{ part: 'journal', code: 'disk-full', message: 'The disk is full.' }],
}

let health: HealthAnswer = { status: 'ok' }
let listener: MonitoringListener | undefined
afterEach(async () => {
  await listener?.close()
  listener = undefined
  health = { status: 'ok' }
})

async function listen(host = '127.0.0.1'): Promise<number> {
  const monitoring = { metrics: async () => 'tapedeck_engine_up 1\n', health: async () => health }
  listener = await openMonitoringListener({ host, port: 0 }, monitoring)
  return Number(new URL(listener.url).port)
}

interface Asked {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A request as anybody can form it, any method and header at all. */
function ask(port: number, path: string, { method = 'GET', headers = {} }: Asked = {}) {
  return new Promise<{ status: number; headers: IncomingHttpHeaders; body: string }>((resolve, reject) => {
    request(
      { host: '127.0.0.1', port, path, method, headers: { host: `127.0.0.1:${port}`, ...headers } },
      (response) => {
        let body = ''
        response.on('data', (chunk: Buffer) => (body += chunk.toString()))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
      },
    )
      .on('error', reject)
      .end()
  })
}

describe('A-77 the door for Prometheus', () => {
  test('A-77 tells metrics without a token, as text of the format’s version that nobody keeps', async () => {
    const { status, headers, body } = await ask(await listen(), '/metrics')
    expect({ status, body }).toEqual({ status: 200, body: 'tapedeck_engine_up 1\n' })
    expect(headers).toMatchObject({
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
  })

  test('A-77 health is 200 while all is well, and 503 with the failing part named', async () => {
    const port = await listen()
    expect(await ask(port, '/health')).toMatchObject({ status: 200, body: '{"status":"ok"}' })
    health = STUCK
    const { status, headers, body } = await ask(port, '/health?verbose')
    expect({ status, body: JSON.parse(body) as unknown }).toEqual({ status: 503, body: STUCK })
    expect(headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
  })

  test.each(['/', '/bridge', '/exports/x', '/metrics/', '/index.html', '//metrics', '/%6detrics'])(
    'has nothing at %s',
    async (path) => {
      expect((await ask(await listen(), path)).status).toBe(404)
    },
  )

  test.each(['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PROPFIND'])('does not answer %s', async (method) => {
    const { status, headers } = await ask(await listen(), '/metrics', { method })
    expect({ status, allow: headers.allow }).toEqual({ status: 405, allow: 'GET' })
  })

  test.each([
    ['a stranger’s name (DNS rebinding)', (port: number) => ({ host: `evil.example:${port}` }), 421],
    ['an address that is not ours', (port: number) => ({ host: `192.0.2.1:${port}` }), 421],
    ['another port', () => ({ host: '127.0.0.1:1' }), 421],
    ['another site’s page', () => ({ origin: 'https://evil.example' }), 403],
    ['a page of another port', () => ({ 'sec-fetch-site': 'same-site' }), 403],
  ])('refuses %s', async (_what, headers, status) => {
    const port = await listen()
    expect(await ask(port, '/metrics', { headers: headers(port) })).toMatchObject({ status })
  })

  test('on every address, it goes by this machine’s name and addresses, and by no other', async () => {
    const port = await listen('0.0.0.0')
    for (const host of ['127.0.0.1', 'localhost', hostname()])
      expect(await ask(port, '/health', { headers: { host: `${host}:${port}` } })).toMatchObject({ status: 200 })
    expect(await ask(port, '/health', { headers: { host: `evil.example:${port}` } })).toMatchObject({ status: 421 })
  })

  test('says in one sentence that its port is in use', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    const monitoring = { metrics: async () => '', health: async () => STUCK }
    await expect(openMonitoringListener({ host: '127.0.0.1', port }, monitoring)).rejects.toThrow(
      `--metrics 127.0.0.1:${port}: The port is in use. End what listens there, or choose another port.`,
    )
    await new Promise((resolve) => other.close(resolve))
  })
})

describe('where it listens', () => {
  test.each([
    ['9464', { host: '127.0.0.1', port: 9_464 }],
    ['0.0.0.0:9464', { host: '0.0.0.0', port: 9_464 }],
    ['[::1]:9464', { host: '::1', port: 9_464 }],
    ['metrics.local:0', { host: 'metrics.local', port: 0 }],
    ['', undefined],
  ])('"%s" is %j', (text, address) => expect(listenAddress(text)).toEqual(address))

  test.each(['nine', '99999', 'host', 'host:', ':9464', '::1:9464', '[host]:1', 'http://host:1', '1.5'])(
    '"%s" is refused with the remedy',
    (text) => expect(() => listenAddress(text)).toThrow('Write a port (0 to 65535), or host:port'),
  )
})
