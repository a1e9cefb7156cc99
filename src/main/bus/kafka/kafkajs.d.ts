/**
 * The parts of kafkajs that the bus stands on: its connection, its requests and answers, its codec table. kafkajs has no
 * types for them. Always imported by these deep paths and never as 'kafkajs', so that there is one copy of each table.
 */

declare module 'kafkajs/src/network/connection.js' {
  import type { Socket } from 'node:net'

  export interface WireRequest {
    readonly apiKey: number
    readonly apiName: string
    readonly apiVersion: number
    encode(): Promise<unknown>
  }
  export interface WireResponse {
    decode(bytes: Buffer): Promise<unknown>
    parse(decoded: unknown): Promise<unknown>
  }
  export interface SocketOrder {
    readonly host: string
    readonly port: number
    readonly onConnect: () => void
  }

  export default class Connection {
    constructor(options: {
      readonly host: string
      readonly port: number
      readonly clientId: string
      readonly logger: unknown
      readonly socketFactory: (order: SocketOrder) => Socket
      readonly sasl: object | null
      readonly requestTimeout: number
      readonly connectionTimeout: number
      readonly reauthenticationThreshold: number
      readonly enforceRequestTimeout: boolean
    })
    readonly sessionLifetime: { toNumber(): number }
    connect(): Promise<true>
    authenticate(): Promise<void>
    setVersions(versions: object): void
    setSupportAuthenticationProtocol(isSupported: boolean): void
    send(exchange: {
      readonly request: WireRequest
      readonly response: WireResponse
      readonly logResponseError: boolean
    }): Promise<unknown>
  }
}

declare module 'kafkajs/src/network/requestQueue/index.js' {
  export default class RequestQueue {
    readonly pending: readonly unknown[]
    readonly throttledUntil: number
    throttleCheckTimeoutId: NodeJS.Timeout | null
    checkPendingRequests(): void
    scheduleCheckPendingRequests(): void
  }
}

declare module 'kafkajs/src/protocol/requests/index.js' {
  import type { WireRequest, WireResponse } from 'kafkajs/src/network/connection.js'

  export interface Exchange {
    readonly request: WireRequest
    readonly response: WireResponse
  }
  export type Protocol = (args: unknown) => Exchange
  export interface Definition {
    protocol(options: { readonly version: number }): Protocol
  }
  const index: {
    readonly requests: Readonly<Record<string, Definition>>
    lookup(
      versions: Readonly<Record<number, { readonly maxVersion: number }>>,
    ): (apiKey: number, definition: Definition) => Protocol
  }
  export default index
}

declare module 'kafkajs/src/protocol/requests/apiKeys.js' {
  const apiKeys: Readonly<Record<string, number>>
  export default apiKeys
}

declare module 'kafkajs/src/protocol/encoder.js' {
  export default class Encoder {
    readonly buffer: Buffer
    writeInt8(value: number): this
    writeInt32(value: number): this
    writeBoolean(value: boolean): this
    writeString(value: string | null): this
    writeArray(items: readonly Encoder[]): this
  }
}

declare module 'kafkajs/src/protocol/decoder.js' {
  export default class Decoder {
    constructor(bytes: Buffer)
    readInt8(): number
    readInt16(): number
    readInt32(): number
    readString(): string | null
    readArray<T>(read: (decoder: Decoder) => T): T[]
  }
}

declare module 'kafkajs/src/protocol/error.js' {
  const error: {
    readonly errorCodes: readonly { readonly type: string; readonly code: number; readonly message: string }[]
  }
  export default error
}

declare module 'kafkajs/src/protocol/message/compression/index.js' {
  export interface Codec {
    compress(encoder: { readonly buffer: Buffer }): Promise<Buffer>
    decompress(bytes: Buffer): Promise<Buffer>
  }
  const compression: { readonly Codecs: Record<number, () => Codec> }
  export default compression
}

declare module 'kafkajs/src/loggers/index.js' {
  export interface LogEntry {
    readonly level: number
    readonly log: { readonly message: string; readonly broker?: string; readonly error?: string }
  }
  const loggers: {
    readonly LEVELS: { readonly ERROR: number; readonly WARN: number }
    createLogger(options: {
      readonly level: number
      readonly logCreator: (level: number) => (entry: LogEntry) => void
    }): unknown
  }
  export default loggers
}

declare module 'kafkajs/src/consumer/assignerProtocol.js' {
  const assignerProtocol: {
    readonly MemberMetadata: {
      encode(metadata: { readonly version: number; readonly topics: readonly string[] }): Buffer
      decode(bytes: Buffer): { readonly topics: readonly string[] }
    }
    readonly MemberAssignment: {
      encode(assignment: {
        readonly version: number
        readonly assignment: Readonly<Record<string, readonly number[]>>
      }): Buffer
      decode(bytes: Buffer): { readonly assignment: Readonly<Record<string, readonly number[]>> } | null
    }
  }
  export default assignerProtocol
}
