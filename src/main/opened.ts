/** What is open so far, to be closed in the opposite order: at the end, or when the next thing fails to open. */
export interface Opened {
  add(close: () => unknown): void
  /** Each is closed once, and waited for before the next. */
  close(): Promise<void>
}

export function createOpened(): Opened {
  const closes: (() => unknown)[] = []
  return {
    add(close) {
      closes.push(close)
    },
    async close() {
      for (let close = closes.pop(); close; close = closes.pop()) await close()
    },
  }
}
