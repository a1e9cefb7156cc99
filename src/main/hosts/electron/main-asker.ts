import type { Fault } from '../../../shared/faults.ts'
import { FaultError } from '../../../shared/faults.ts'
import type { EngineAsk, FromEngine, ToEngine } from './engine-messages.ts'

/** Asks main for what only main can do. Rejects with the fault that main gives. */
export type AskMain = (what: EngineAsk) => Promise<unknown>

/** The engine's questions to main, each with its answer. */
export function createMainAsker(post: (message: FromEngine) => void) {
  const asked = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let ids = 0
  return {
    ask: ((what) => {
      ids += 1
      const id = ids
      return new Promise((resolve, reject) => {
        asked.set(id, { resolve, reject })
        post({ kind: 'ask', id, what })
      })
    }) satisfies AskMain,
    onAnswer({ id, value, fault }: Extract<ToEngine, { kind: 'answer' }>) {
      const waiter = asked.get(id)
      asked.delete(id)
      if (fault) waiter?.reject(errorOf(fault))
      else waiter?.resolve(value)
    },
  }
}

const errorOf = ({ code, message }: Fault): Error => new FaultError(code, message)
