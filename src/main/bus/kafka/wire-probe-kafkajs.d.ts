/** What the wire probe uses of kafkajs beyond kafkajs.d.ts: the framing of a request, and the sign-in conversations. */

declare module 'kafkajs/src/protocol/request.js' {
  import type { WireRequest } from 'kafkajs/src/network/connection.js'
  export default function createRequest(options: {
    correlationId: number
    clientId: string
    request: WireRequest
  }): Promise<{ readonly buffer: Buffer }>
}

declare module 'kafkajs/src/broker/saslAuthenticator/*' {
  interface SaslStep {
    readonly request: { encode(): Promise<Buffer> }
    readonly response?: { decode(payload: Buffer): Promise<unknown>; parse(decoded: unknown): Promise<unknown> }
  }
  type Provider = (sasl: {
    readonly username: string
    readonly password: string
    readonly oauthBearerProvider: () => Promise<{ readonly value: string }>
  }) => (context: {
    readonly host: string
    readonly port: number
    readonly logger: { debug(): void; error(): void }
    readonly saslAuthenticate: (step: SaslStep) => Promise<unknown>
  }) => { authenticate(): Promise<void> }
  const provider: Provider
  export default provider
}
