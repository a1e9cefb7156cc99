import { connect as connectPlain, isIP } from 'node:net'
import type { Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { ConnectionOptions } from 'node:tls'
import WireConnection from 'kafkajs/src/network/connection.js'
import apiKeys from 'kafkajs/src/protocol/requests/apiKeys.js'
import requestTable from 'kafkajs/src/protocol/requests/index.js'
import type { Millis } from '../../../shared/market.ts'
import type { ApiName, Apis } from './apis.ts'
import type { Address, ClientConfig } from './client-config.ts'
import { registerCodecs } from './codecs.ts'
import type { Cut } from './cut.ts'
import { ENDED_HERE, PassingError, connectionFault } from './errors.ts'
import { toExchange } from './exchanges.ts'
import type { Versions } from './exchanges.ts'
import { calmRequestQueue } from './request-queue.ts'

calmRequestQueue()
registerCodecs()

/** One socket to one broker, logged in. Once closed or lost it stays so: whoever needs another makes another. */
export interface Connection {
  readonly address: string
  /** Usable, or on its way there. */
  readonly isOpen: boolean
  /** Settles when the broker is connected, asked what it can do, and logged in to. Rejects with a FaultError. */
  readonly opened: Promise<void>
  /** Rejects with a FaultError. An answer that does not come in time closes the connection. */
  ask<N extends ApiName>(name: N, args: Apis[N]['args'], timeout: Millis): Promise<Apis[N]['answer']>
  /** Closes the socket at once; whatever waits for an answer rejects. */
  destroy(): void
}

const KEEP_ALIVE: Millis = 30_000
/** Never inside kafkajs: logging in again would mix with answers on their way. A connection is replaced instead. */
const NO_REAUTHENTICATION = Number.MIN_SAFE_INTEGER
/** Share of a login's life after which its connection is replaced. */
const LOGIN_SHARE = 0.8
/** Known to every broker since Kafka 0.10. */
const API_VERSIONS = 1

/** Begins to connect. `timeout`: for all that it takes. */
export function createConnection(
  { host, port }: Address,
  config: ClientConfig & { readonly cut: Cut },
  logger: unknown,
  timeout: Millis,
): Connection {
  const address = `${host}:${port}`
  let socket: Socket | undefined
  let isOpen = true
  let endsAt = Infinity
  let versions: Versions = {}
  let wire: WireConnection | undefined

  const destroy = () => {
    isOpen = false
    // With an error, so that kafkajs rejects what waits.
    socket?.destroy(new Error(ENDED_HERE))
  }
  const openSocket = (tls: ConnectionOptions | undefined, onConnect: () => void): Socket => {
    socket = tls
      ? connectTls({ host, port, ...(isIP(host) === 0 && { servername: host }), ...tls }, onConnect)
      : connectPlain({ host, port }, onConnect)
    socket.setKeepAlive(true, KEEP_ALIVE).setNoDelay(true)
    const leave = config.cut.join(destroy)
    socket.once('close', () => {
      isOpen = false
      leave()
    })
    socket.once('end', () => (isOpen = false))
    return socket
  }
  const open = async () => {
    config.cut.check()
    const tls = await config.tls?.()
    if (!isOpen) throw new Error(ENDED_HERE)
    wire = new WireConnection({
      host,
      port,
      clientId: config.clientId,
      logger,
      sasl: config.sasl?.() ?? null,
      requestTimeout: timeout,
      connectionTimeout: timeout,
      enforceRequestTimeout: false,
      reauthenticationThreshold: NO_REAUTHENTICATION,
      socketFactory: ({ onConnect }) => openSocket(tls, onConnect),
    })
    versions = await login(wire)
    const life = wire.sessionLifetime.toNumber()
    if (life > 0) endsAt = performance.now() + life * LOGIN_SHARE
  }
  const within = async <T>(work: Promise<T>, limit: Millis, what: string): Promise<T> => {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new PassingError('timed-out', `${address} did not answer ${what} within ${limit} ms.`))
        destroy()
      }, limit)
    })
    try {
      return await Promise.race([work, late])
    } catch (error) {
      throw connectionFault(error, address, config.redactor)
    } finally {
      clearTimeout(timer)
    }
  }

  const opened = within(open(), timeout, 'the connection')
  opened.catch(destroy)
  return {
    address,
    get isOpen() {
      return isOpen && performance.now() < endsAt
    },
    opened,
    async ask<N extends ApiName>(name: N, args: Apis[N]['args'], limit: Millis) {
      await opened
      if (!isOpen || !wire) throw new PassingError('cluster-away', `The connection to ${address} is closed.`)
      const sent = wire.send({ ...toExchange(name, args, versions), logResponseError: false })
      return (await within(sent, limit, name)) as Apis[N]['answer']
    },
    destroy,
  }
}

async function login(wire: WireConnection): Promise<Versions> {
  await wire.connect()
  const asked = requestTable.requests.ApiVersions!.protocol({ version: API_VERSIONS })(undefined)
  const { apiVersions } = (await wire.send({ ...asked, logResponseError: false })) as {
    readonly apiVersions: readonly { readonly apiKey: number; readonly maxVersion: number }[]
  }
  const versions = Object.fromEntries(apiVersions.map(({ apiKey, maxVersion }) => [apiKey, { maxVersion }]))
  wire.setVersions(versions)
  wire.setSupportAuthenticationProtocol(versions[apiKeys.SaslAuthenticate!] !== undefined)
  await wire.authenticate()
  return versions
}
