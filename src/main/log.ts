import type { LogLine } from '../shared/engine-view.ts'

/** What Tapedeck says of itself: to stderr (stdout is data), to the pages, and to whoever asks for the last lines. */
export interface Log {
  info(text: string): void
  warn(text: string): void
  error(text: string): void
  recent(): readonly LogLine[]
  onLine(listener: (line: LogLine) => void): () => void
}

const KEPT = 1_000

export function createLog(write: (text: string) => void = (text) => void process.stderr.write(text)): Log {
  const lines: LogLine[] = []
  const listeners = new Set<(line: LogLine) => void>()
  const say = (level: LogLine['level'], text: string) => {
    const line: LogLine = { at: Date.now(), level, text }
    lines.push(line)
    if (lines.length > KEPT) lines.splice(0, lines.length - KEPT)
    write(`${new Date(line.at).toISOString()} ${level === 'info' ? '' : `${level}: `}${text}\n`)
    for (const listener of listeners) listener(line)
  }
  return {
    info: (text) => say('info', text),
    warn: (text) => say('warn', text),
    error: (text) => say('error', text),
    recent: () => lines,
    onLine(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
