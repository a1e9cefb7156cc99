import type { Millis } from '../../../shared/market.ts'

/**
 * Tries each of several in turn until one works: the next begins when the one before has failed, or has taken `stagger`.
 * Rejects with the first one's error when none works.
 */
export function firstOf<T, R>(all: readonly T[], stagger: Millis, attempt: (one: T) => Promise<R>): Promise<R> {
  return new Promise((resolve, reject) => {
    let next = 0
    let failed = 0
    let isSettled = false
    let firstError: unknown
    let timer: NodeJS.Timeout | undefined
    const begin = () => {
      clearTimeout(timer)
      if (isSettled || next >= all.length) return
      const index = next
      next += 1
      timer = setTimeout(begin, stagger)
      attempt(all[index]!).then(
        (result) => {
          isSettled = true
          clearTimeout(timer)
          resolve(result)
        },
        (error: unknown) => {
          failed += 1
          if (index === 0) firstError = error
          if (isSettled) return
          if (failed < all.length) return begin()
          isSettled = true
          clearTimeout(timer)
          reject(firstError)
        },
      )
    }
    begin()
  })
}
