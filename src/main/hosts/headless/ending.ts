/**
 * Resolves when the process is asked to end (Ctrl-C, SIGTERM, SIGHUP, or the parent going away). Called before anything is
 * opened: whoever is asked while opening still closes in order. A second signal ends at once.
 */
export function ending(): Promise<string> {
  return new Promise((resolve) => {
    let asked = false
    const end = (why: string) => {
      if (asked) process.exit(1)
      asked = true
      resolve(why)
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(signal))
    process.on('disconnect', () => end('disconnect'))
  })
}

/** Resolves with `end`, or after so many seconds from now. */
export async function endOrAfter(end: Promise<string>, seconds: number | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const time = seconds === undefined ? [] : [new Promise((resolve) => (timer = setTimeout(resolve, seconds * 1_000)))]
  await Promise.race([end, ...time])
  clearTimeout(timer)
}

/** Closing must not hang: what is not closed by then stays as the journal has it. */
export async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  await Promise.race([work, new Promise((resolve) => (timer = setTimeout(resolve, milliseconds)))])
  clearTimeout(timer)
}
