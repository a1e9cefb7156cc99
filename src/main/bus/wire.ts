/**
 * One raw conversation with one broker: single requests, no retries, no reconnecting, errors as the broker gave them. The
 * connection doctor needs to see what a client smooths over. The one implementation is bus/kafka/wire-probe.ts.
 */

import type { Duplex } from 'node:stream'
import type { Millis } from '../../shared/market.ts'

/** Why a conversation ended: the other end hung up, was silent too long, speaks something else, or lacks a request. */
export class WireError extends Error {
  readonly kind: 'closed' | 'timed-out' | 'foreign' | 'unsupported'
  /** Of 'foreign': what it said, printable. Of 'unsupported': the request's name. */
  readonly detail: string
  constructor(kind: WireError['kind'], detail = '') {
    super(detail === '' ? kind : `${kind}: ${detail}`)
    this.name = 'WireError'
    this.kind = kind
    this.detail = detail
  }
}

/** Name of a Kafka error, 'TOPIC_AUTHORIZATION_FAILED', and the broker's own words where it gives any. */
export interface Refusal {
  readonly error: string
  readonly said: string
}

export interface Credentials {
  readonly mechanism: string
  readonly username: string
  /** Password, or for OAUTHBEARER the token. */
  readonly secret: string
}

export interface WireCluster {
  readonly id: string
  readonly controller: number
  readonly brokers: readonly { readonly id: number; readonly host: string; readonly port: number }[]
  readonly topics: readonly {
    readonly name: string
    readonly internal: boolean
    readonly error: string | undefined
    readonly partitions: readonly { readonly partition: number; readonly leader: number }[]
  }[]
}

/** Every method rejects with a WireError, nothing else; what the broker itself refuses is a value. */
export interface Wire {
  /** Whether the other end takes a request of this name ('Metadata'). Asked before any sign-in. */
  offers(request: string): Promise<boolean>
  /** Asks for a SASL mechanism. `error` 'ILLEGAL_SASL_STATE': this port takes no sign-in at all. */
  handshake(mechanism: string): Promise<{ readonly error: string | undefined; readonly mechanisms: readonly string[] }>
  /** Signs in; the handshake must have been accepted. */
  signIn(credentials: Credentials): Promise<Refusal | undefined>
  /** All topics, or those named. No topic is created by asking. */
  cluster(topics?: readonly string[]): Promise<WireCluster>
  createTopic(topic: {
    readonly name: string
    readonly partitions: number
    readonly replication: number | null
    readonly configs: Readonly<Record<string, string>>
  }): Promise<Refusal | undefined>
  deleteTopic(name: string): Promise<Refusal | undefined>
  /** Asks for an idempotent producer's id, as every producer of ours does first. */
  producerId(): Promise<Refusal | undefined>
  produce(
    topic: string,
    partition: number,
    value: string,
  ): Promise<{ readonly offset: string } | { readonly refusal: Refusal }>
  fetch(
    topic: string,
    partition: number,
    offset: string,
  ): Promise<{ readonly values: readonly string[] } | { readonly refusal: Refusal }>
  close(): void
}

/** Takes over a connected socket (TLS done). */
export type OpenWire = (socket: Duplex, options: { readonly clientId: string; readonly timeout: Millis }) => Wire
