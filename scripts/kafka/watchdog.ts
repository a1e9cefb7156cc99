/**
 * Ends brokers whose starter is gone. Runs as a process of its own with the starter at the other end of stdin, and so learns
 * of its end however it comes. Lines: `+PID` watch, `-PID` forget, `remove FOLDER` at the end.
 */

import { rmSync } from 'node:fs'
import { createInterface } from 'node:readline'

const pids = new Set<number>()
const folders = new Set<string>()

// The terminal's Ctrl-C is for the starter, who stops the brokers in order.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

const lines = createInterface({ input: process.stdin })
lines.on('line', (line) => {
  if (line.startsWith('+')) pids.add(Number(line.slice(1)))
  else if (line.startsWith('-')) pids.delete(Number(line.slice(1)))
  else if (line.startsWith('remove ')) folders.add(line.slice('remove '.length))
})
lines.on('close', () => {
  for (const pid of pids)
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})
