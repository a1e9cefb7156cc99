import { WebSocket } from 'ws'
import type { Millis } from '../../shared/market.ts'
import type { Clock } from './clock.ts'
import type { FeedLimits } from './feed-limits.ts'
import { networkFault, NetworkFault, statusFault } from './network-faults.ts'
import type { Network } from './network.ts'

/** One WebSocket connection as the feed needs it. */
export interface Connection {
  send(text: string): void
  ping(): void
  /** Stops reading: what the venue sends stays with it. */
  pause(): void
  resume(): void
  close(): void
  /** Ends it without a farewell. */
  terminate(): void
}

export interface ConnectionListener {
  onOpen(): void
  /** Text and binary frames alike: all venues send UTF-8 JSON. */
  onFrame(text: string, receivedAt: Millis): void
  /** A ping or a pong arrived: the other end is alive. */
  onLife(kind: 'ping' | 'pong'): void
  onTooLarge(): void
  /** Once; nothing follows. */
  onClose(fault: NetworkFault): void
}

/** Opens connections: the port behind which tests may put their own. */
export type Dial = (url: string, listener: ConnectionListener) => Connection

export function createDial(network: Network, clock: Clock, limits: Pick<FeedLimits, 'handshake' | 'maxPayload'>): Dial {
  return (address, listener) => {
    const url = new URL(address)
    let fault: NetworkFault | undefined
    const socket = new WebSocket(url, {
      agent: network.agent(url),
      perMessageDeflate: false,
      maxPayload: limits.maxPayload,
      handshakeTimeout: limits.handshake,
      followRedirects: false,
      headers: { 'User-Agent': network.userAgent },
      ...(network.ca ? { ca: [...network.ca] } : {}),
    })
    socket.on('open', () => listener.onOpen())
    socket.on('message', (data: Buffer) => listener.onFrame(data.toString('utf8'), clock.now()))
    socket.on('ping', () => listener.onLife('ping'))
    socket.on('pong', () => listener.onLife('pong'))
    socket.on('unexpected-response', (_, response) => {
      const status = response.statusCode ?? 0
      const page = (response.headers['content-type'] ?? '').includes('html')
      fault =
        statusFault(status, response.headers, url.host, page, clock.now()) ??
        new NetworkFault('handshake-rejected', `${url.host} refused the WebSocket connection (${status}).`)
      response.destroy()
      socket.terminate()
    })
    socket.on('error', (error) => {
      if ((error as NodeJS.ErrnoException).code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') {
        listener.onTooLarge()
        fault ??= new NetworkFault('socket-closed', `${url.host} sent a frame of more than ${limits.maxPayload} bytes.`)
      }
      fault ??= networkFault(error, url.host, network.proxied)
    })
    socket.on('close', (code, reason) => {
      const said = reason.length > 0 ? `: ${reason.toString('utf8').slice(0, 120)}` : ''
      listener.onClose(
        fault ?? new NetworkFault('socket-closed', `${url.host} closed the connection (code ${code}${said}).`),
      )
    })
    return {
      send: (text) => socket.send(text, ignore),
      ping: () => socket.ping(undefined, undefined, ignore),
      pause: () => socket.pause(),
      resume: () => socket.resume(),
      close() {
        socket.close(1000)
      },
      terminate: () => socket.terminate(),
    }
  }
}

/** A send that fails is followed by 'close', which tells why. */
function ignore() {}
