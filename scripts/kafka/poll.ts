import { setTimeout as delay } from 'node:timers/promises'

/** Asks again and again until the answer is yes. Rejects when `signal` is aborted. */
export async function poll(answer: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  while (!(await answer())) await delay(100, undefined, { signal })
}
