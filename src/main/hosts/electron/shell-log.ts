const KEPT = 200

/** What the shell says of itself: to stderr, and its newest lines to the diagnostics. It is never told a secret. */
export interface ShellLog {
  say(text: string): void
  recent(): readonly string[]
}

export function createShellLog(write: (text: string) => void = (text) => void process.stderr.write(text)): ShellLog {
  const lines: string[] = []
  return {
    say(text) {
      const line = `${new Date().toISOString()} shell: ${text}`
      lines.push(line)
      if (lines.length > KEPT) lines.shift()
      write(`${line}\n`)
    },
    recent: () => lines,
  }
}
