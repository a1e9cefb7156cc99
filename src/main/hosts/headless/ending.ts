/**
 * Resolves when the process is asked to end (Ctrl-C, SIGTERM, SIGHUP, or the parent going away), or after `seconds`.
 * A second signal while closing ends at once.
 */
export function ending(seconds?: number): Promise<string> {
  return new Promise((resolve) => {
    let asked = false
    const end = (why: string) => {
      if (asked) process.exit(1)
      asked = true
      resolve(why)
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(signal))
    process.on('disconnect', () => end('disconnect'))
    if (seconds !== undefined) setTimeout(() => asked || end('time'), seconds * 1000)
  })
}

/** Closing must not hang: what is not closed by then stays as the journal has it. */
export async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  await Promise.race([work, new Promise((resolve) => (timer = setTimeout(resolve, milliseconds)))])
  clearTimeout(timer)
}
