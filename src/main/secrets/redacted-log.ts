import type { Log } from '../log.ts'
import type { Redactor } from './redactor.ts'

/** A log that cannot tell a secret: every line is redacted before it is written, kept or shown. */
export function createRedactedLog(log: Log, redactor: Redactor): Log {
  return {
    info: (text) => log.info(redactor.text(text)),
    warn: (text) => log.warn(redactor.text(text)),
    error: (text) => log.error(redactor.text(text)),
    recent: () => log.recent(),
    onLine: (listener) => log.onLine(listener),
  }
}
