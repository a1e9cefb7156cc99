import loggers from 'kafkajs/src/loggers/index.js'
import type { Log } from '../../log.ts'
import type { Redactor } from '../../secrets/redactor.ts'
import { ENDED_HERE } from './errors.ts'

/** Lines of one text within this time are one line. */
const REPEAT = 30_000

/**
 * What kafkajs has to say, as lines of our log: warnings only (what we make of an error is told by whoever asked), each
 * text once in 30 s, and never a secret.
 */
export function createKafkaLogger(log: Pick<Log, 'warn'>, cluster: string, redactor: Redactor): unknown {
  const told = new Map<string, number>()
  return loggers.createLogger({
    level: loggers.LEVELS.WARN,
    logCreator: () => (entry) => {
      const { message, broker, error } = entry.log
      if (message.endsWith(ENDED_HERE)) return
      const text = redactor.text(
        `Kafka ${cluster}${broker ? ` (${broker})` : ''}: ${message}${error ? `: ${error}` : ''}`,
      )
      const now = performance.now()
      const before = told.get(text)
      if (before !== undefined && now - before < REPEAT) return
      if (told.size > 100) told.clear()
      told.set(text, now)
      log.warn(text)
    },
  })
}
