/** A way into a node beside its plain listener, for clients that must log in, encrypt, or be led astray. */
export interface Listener {
  readonly protocol: 'PLAINTEXT' | 'SASL_PLAINTEXT' | 'SSL' | 'SASL_SSL'
  /** Clients must show a certificate of their own. */
  readonly clientCertificate?: true
  /** The address that the node tells its clients, where that is a wrong one. */
  readonly advertised?: string
}

export type ListenerId = 'sasl' | 'tls' | 'tls-client' | 'sasl-tls' | 'wrong-address'

export const LISTENERS: Readonly<Record<ListenerId, Listener>> = {
  /** PLAIN, SCRAM-SHA-256 and SCRAM-SHA-512 without encryption. */
  sasl: { protocol: 'SASL_PLAINTEXT' },
  tls: { protocol: 'SSL' },
  'tls-client': { protocol: 'SSL', clientCertificate: true },
  'sasl-tls': { protocol: 'SASL_SSL' },
  /** Answers, and then sends its clients to a host that does not exist: the commonest mistake with Kafka in containers. */
  'wrong-address': { protocol: 'PLAINTEXT', advertised: 'broker.invalid:9092' },
}
export const LISTENER_IDS = Object.keys(LISTENERS) as readonly ListenerId[]

export function isEncrypted(id: ListenerId): boolean {
  return LISTENERS[id].protocol.endsWith('SSL')
}

export function asksPassword(id: ListenerId): boolean {
  return LISTENERS[id].protocol.startsWith('SASL')
}

/** The listener's name in Kafka's settings. */
export function kafkaName(id: ListenerId): string {
  return id.toUpperCase().replaceAll('-', '_')
}
