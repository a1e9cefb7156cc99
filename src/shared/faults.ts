/**
 * The closed list of troubles that Tapedeck can name. A fault is a value, shown to the user in their language
 * (renderer/i18n holds a sentence and a cure per code); it is never thrown past the part that found it.
 */

export const FAULTS = {
  // sources
  'connect-refused': { retryable: true },
  'connect-timeout': { retryable: true },
  'dns-failed': { retryable: true },
  'tls-failed': { retryable: true },
  'proxy-failed': { retryable: true },
  'handshake-rejected': { retryable: true },
  'region-blocked': { retryable: true },
  'rate-limited': { retryable: true },
  banned: { retryable: true },
  'socket-closed': { retryable: true },
  'socket-dead': { retryable: true },
  'market-silent': { retryable: true },
  'market-refused': { retryable: false },
  'book-broken': { retryable: true },
  'venue-error': { retryable: true },
  'over-budget': { retryable: true },
  'decoder-failed': { retryable: true },
  'needs-key': { retryable: false },
  'key-refused': { retryable: false },
  'key-in-use': { retryable: true },
  // news and sentiment
  'feed-gone': { retryable: true },
  'feed-unreadable': { retryable: true },
  // machine
  'clock-off': { retryable: true },
  'disk-full': { retryable: true },
  'disk-failed': { retryable: true },
  'journal-quota': { retryable: true },
  'store-newer': { retryable: false },
  'store-damaged': { retryable: false },
  'folder-locked': { retryable: false },
  'backup-running': { retryable: true },
  'backup-room': { retryable: true },
  'backup-damaged': { retryable: false },
  // Kafka
  'cluster-away': { retryable: true },
  'sasl-failed': { retryable: false },
  'not-authorized': { retryable: false },
  'read-only': { retryable: false },
  'unknown-topic': { retryable: true },
  'record-too-large': { retryable: false },
  fenced: { retryable: true },
  'listener-unreachable': { retryable: true },
  'group-active': { retryable: false },
  // requests
  'bad-request': { retryable: false },
  'bad-setting': { retryable: false },
  'unknown-command': { retryable: false },
  'not-found': { retryable: false },
  'timed-out': { retryable: true },
  'connection-lost': { retryable: true },
  cancelled: { retryable: false },
  'desktop-only': { retryable: false },
  internal: { retryable: false },
} as const satisfies Record<string, { readonly retryable: boolean }>

export type FaultCode = keyof typeof FAULTS

export interface Fault {
  readonly code: FaultCode
  /** One sentence in English naming the thing concerned (a field, a path, a host) and the remedy. The UI prefers its own sentence for the code. */
  readonly message: string
}

/** A fault on its way to whoever asked. Thrown only inside handlers; the bridge turns it into a value. */
export class FaultError extends Error {
  readonly fault: Fault
  constructor(code: FaultCode, message: string) {
    super(message)
    this.name = 'FaultError'
    this.fault = { code, message }
  }
}

/** Any thrown thing as a fault. What is not a FaultError is our bug and says so without its stack. */
export function toFault(error: unknown): Fault {
  if (error instanceof FaultError) return error.fault
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) }
}
