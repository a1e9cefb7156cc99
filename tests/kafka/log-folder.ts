import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const LOGS = fileURLToPath(new URL('../../out/kafka-logs/', import.meta.url))
const KEPT = 30

/** A fresh folder for the logs of a test's cluster. They outlive the cluster, so that a failed test can be looked into; the oldest go. */
export function logFolder(now: Date = new Date()): string {
  mkdirSync(LOGS, { recursive: true })
  const old = readdirSync(LOGS).toSorted().slice(0, -KEPT)
  for (const name of old) rmSync(join(LOGS, name), { recursive: true, force: true })
  const random = Math.random().toString(36).slice(2, 6)
  return join(LOGS, `${now.toISOString().replaceAll(':', '-')}-${process.pid}-${random}`)
}
