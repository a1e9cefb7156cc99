import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { basename } from 'node:path'
import fastifyStatic from '@fastify/static'
import fastifyWebsocket from '@fastify/websocket'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fastify from 'fastify'
import type { Port } from '../../../shared/bridge.ts'
import type { Monitoring } from '../../metrics/monitoring.ts'
import { CONTENT_SECURITY_POLICY } from '../content-security-policy.ts'
import { addMonitoring } from './monitoring-routes.ts'
import { deny, isSecret, refuse } from './request-guard.ts'
import { socketPort } from './socket-port.ts'

export interface ServerOptions {
  /** Folder of the built page; absent: no page is served. */
  readonly page?: string
  /** 0: any free port. */
  readonly port: number
  /** The engine of the moment; undefined while one is being replaced by another. */
  readonly engine: () => ServedEngine | undefined
  /** What `/metrics` and `/health` tell to whoever has the token; absent: there is neither. */
  readonly monitoring?: Monitoring
}

/** What the server needs of an engine. */
export interface ServedEngine {
  serve(port: Port): void
  /** The file behind a download ticket, once. */
  redeem(ticket: string): { readonly path: string; readonly name: string } | undefined
}

export interface Server {
  readonly port: number
  readonly token: string
  /** Address for a browser, token included. */
  readonly url: string
  /** Closes every page's connection: they come back and find the new engine. */
  disconnect(): void
  close(): Promise<void>
}

const PAGES = 8
const FRAME_BYTES = 256 * 1024
/** A page that does not take this much is cut off. */
const BUFFERED_BYTES = 4 * 1024 * 1024

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

/**
 * Serves the bridge, and the page where there is one, on loopback. Nobody gets in without the token; a foreign site cannot use a visitor's
 * browser to try (Host and Origin are checked), and no address but this machine's own is listened on.
 */
export async function openServer(options: ServerOptions): Promise<Server> {
  const token = randomBytes(32).toString('base64url')
  const app = fastify({ bodyLimit: FRAME_BYTES, logger: false, requestTimeout: 10_000 })
  const sockets = new Set<{ terminate(): void }>()
  const connections = new Set<Socket>()
  app.server.on('connection', (connection) => {
    connections.add(connection)
    connection.once('close', () => connections.delete(connection))
  })
  let hosts = new Set<string>()
  let origins = new Set<string>()

  app.addHook('onRequest', async (request, reply) => {
    void reply.headers(HEADERS)
    const refusal = refuse(request, hosts, origins)
    if (refusal) await deny(request, reply, refusal.status, refusal.text)
  })
  await app.register(fastifyWebsocket, {
    options: {
      maxPayload: FRAME_BYTES,
      perMessageDeflate: false,
      handleProtocols: (offered: Set<string>) => (offered.has('tapedeck.v1') ? 'tapedeck.v1' : false),
    },
  })
  if (options.page !== undefined)
    await app.register(fastifyStatic, { root: options.page, cacheControl: false, etag: true, dotfiles: 'deny' })

  app.route({
    method: 'GET',
    url: '/bridge',
    preValidation: async (request, reply) => {
      if (!request.headers.origin) await deny(request, reply, 403, 'A page must name its origin.')
      else if (!hasToken(request, token))
        await deny(request, reply, 401, 'Wrong token. Open the address that Tapedeck printed when it started.')
    },
    handler: (_request, reply) => reply.code(426).type('text/plain').send('This address speaks WebSocket.'),
    wsHandler: (socket) => {
      // Accepted and closed, since a page cannot read why a handshake was refused.
      if (sockets.size >= PAGES) return socket.close(1013, `Only ${PAGES} pages at a time.`)
      const engine = options.engine()
      if (!engine) return socket.close(1012, 'The engine is starting.')
      sockets.add(socket)
      socket.on('close', () => sockets.delete(socket))
      engine.serve(socketPort(socket, BUFFERED_BYTES))
    },
  })

  if (options.monitoring) addMonitoring(app, options.monitoring, token)
  app.get<{ Params: { ticket: string } }>('/exports/:ticket', async (request, reply) => {
    const file = options.engine()?.redeem(request.params.ticket)
    if (!file)
      return reply
        .code(404)
        .type('text/plain')
        .send('This download is no longer valid. Ask for it again in the export window.')
    return sendFile(reply, file.path, file.name)
  })

  await app.listen({ host: '127.0.0.1', port: options.port })
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : options.port
  hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`])
  origins = new Set([...hosts].map((host) => `http://${host}`))
  const disconnect = () => {
    for (const socket of sockets) socket.terminate()
  }
  return {
    port,
    token,
    url: `http://127.0.0.1:${port}/#token=${token}`,
    disconnect,
    async close() {
      // Refused upgrades too: once asked for, Node's server no longer counts such a connection as its own.
      for (const connection of connections) connection.destroy()
      await app.close()
    },
  }
}

function hasToken(request: FastifyRequest, token: string): boolean {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',')
  const given = offered.map((each) => each.trim()).find((each) => each.startsWith('token.'))
  return isSecret(given ?? '', `token.${token}`)
}

async function sendFile(reply: FastifyReply, path: string, name: string): Promise<FastifyReply> {
  const { size } = await stat(path)
  const types: Readonly<Record<string, string>> = {
    csv: 'text/csv; charset=utf-8',
    json: 'application/json',
    gz: 'application/gzip',
  }
  const type = types[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream'
  return reply
    .type(type)
    .header('content-length', size)
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(basename(name))}`)
    .header('cache-control', 'no-store')
    .send(createReadStream(path))
}
