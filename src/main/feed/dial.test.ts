import { mkdtempSync, writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { createServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { createServer as createTcpServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { systemClock } from './clock.ts'
import { createDial } from './dial.ts'
import type { NetworkFault } from './network-faults.ts'
import type { NetworkSettings } from './network.ts'
import { openNetwork } from './network.ts'
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

/** What a connection told, until it ended; `work` is done once it is open. */
function dial(
  url: string,
  settings: NetworkSettings = {},
  work?: (connection: ReturnType<ReturnType<typeof createDial>>) => void,
): Promise<{ log: string[]; fault: NetworkFault }> {
  const network = openNetwork({ version: '1.2.3', ...settings })
  open.push(network)
  const log: string[] = []
  return new Promise((resolve) => {
    const connection = createDial(network, systemClock, { handshake: 300, maxPayload: 1_000 })(url, {
      onOpen() {
        log.push('open')
        work?.(connection)
      },
      onFrame: (text) => void log.push(text),
      onLife: (kind) => void log.push(kind),
      onTooLarge: () => void log.push('too large'),
      onClose: (fault) => resolve({ log, fault }),
    })
  })
}

describe('a connection', () => {
  it('names Tapedeck, sends no Origin, offers no compression, and reads binary frames as text', async () => {
    const server = createServer()
    let asked: IncomingMessage | undefined
    new WebSocketServer({ server }).on('connection', (socket, request) => {
      asked = request
      socket.send('text')
      socket.send(Buffer.from('{"한글":1}'))
      socket.ping()
      socket.on('ping', () => socket.close(4290, 'too many'))
    })
    const { log, fault } = await dial(`ws://127.0.0.1:${await listen(server)}/x?y=1`, {}, (connection) =>
      connection.ping(),
    )
    expect([log.slice(0, 4), fault.fault.code, fault.message.includes('code 4290: too many')]).toEqual([
      ['open', 'text', '{"한글":1}', 'ping'],
      'socket-closed',
      true,
    ])
    expect([
      asked?.url,
      asked?.headers['user-agent'],
      asked?.headers.origin,
      asked?.headers['sec-websocket-extensions'],
    ]).toEqual(['/x?y=1', 'Tapedeck/1.2.3', undefined, undefined])
  })

  it('ends at a frame that is too large, and says so', async () => {
    const server = createServer()
    new WebSocketServer({ server }).on('connection', (socket) => socket.send('x'.repeat(2_000)))
    const { log, fault } = await dial(`ws://127.0.0.1:${await listen(server)}`)
    expect([log, fault.fault.code]).toEqual([['open', 'too large'], 'socket-closed'])
  })

  it('trusts the authorities of "caFile"', async () => {
    const server = createSecureServer(LOOPBACK)
    new WebSocketServer({ server }).on('connection', (socket) => socket.close())
    const url = `wss://127.0.0.1:${await listen(server)}`
    const caFile = join(mkdtempSync(join(tmpdir(), 'tapedeck-')), 'ca.pem')
    writeFileSync(caFile, LOOPBACK.cert)
    const [without, withFile] = [await dial(url), await dial(url, { caFile })]
    expect([without.fault.fault.code, withFile.log]).toEqual(['tls-failed', ['open']])
  })
})

describe('a handshake that fails has its own fault', () => {
  it.each([
    [451, {}, 'region-blocked', undefined],
    [403, { 'content-type': 'text/html' }, 'region-blocked', undefined],
    [429, { 'retry-after': '9' }, 'rate-limited', 9_000],
    [418, {}, 'banned', 120_000],
    [502, {}, 'venue-error', undefined],
    [404, {}, 'handshake-rejected', undefined],
    [302, { location: 'http://elsewhere.example' }, 'venue-error', undefined],
  ] as const)('%i', async (status, headers, code, retryAfter) => {
    const server = createServer()
    server.on('upgrade', (_, socket) => {
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
      socket.end(`HTTP/1.1 ${status} X\r\n${lines.join('')}content-length: 0\r\n\r\n`)
    })
    const { log, fault } = await dial(`ws://127.0.0.1:${await listen(server)}`)
    expect([log, fault.fault.code, fault.retryAfter]).toEqual([[], code, retryAfter])
  })

  it('refused, never answered, cut off, no HTTP at all', async () => {
    const port = await listen(createTcpServer())
    open.pop()?.close()
    const codes = [(await dial(`ws://127.0.0.1:${port}`)).fault.fault.code]
    for (const answer of [
      () => undefined,
      (socket: { destroy(): void }) => socket.destroy(),
      (socket: { write(text: string): void }) => socket.write('SSH-2.0-x\r\n'),
    ]) {
      const server = createTcpServer((socket) => {
        socket.on('error', () => undefined)
        socket.once('data', () => answer(socket))
      })
      codes.push((await dial(`ws://127.0.0.1:${await listen(server)}`)).fault.fault.code)
    }
    expect(codes).toEqual(['connect-refused', 'connect-timeout', 'socket-closed', 'handshake-rejected'])
  })
})
