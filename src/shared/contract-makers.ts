import type { z } from 'zod'
import type { Command, Stream } from './bridge.ts'

/** An entry of the contract that is asked once and answered once. */
export function command<P>(params: z.ZodType<P>) {
  return { returns: <R>(): Command<P, R> => ({ type: 'command', params }) }
}

/** An entry of the contract that is asked once and answered until left. */
export function stream<P>(params: z.ZodType<P>) {
  return { of: <V>(): Stream<P, V> => ({ type: 'stream', params }) }
}
