/** What main and the engine's process say to each other, beside the pages' ports. */

import { z } from 'zod'
import type { Fault, FaultCode } from '../../../shared/faults.ts'
import { FAULTS } from '../../../shared/faults.ts'

/** How the machine's sleep is told. */
export type PowerState = 'suspended' | 'resumed'

/** From main. The first is 'begin', the last 'close'. */
export type ToEngine =
  | {
      readonly kind: 'begin'
      /** Whether main can keep secrets in the system's key store, and the names of those it has. */
      readonly secrets: { readonly encrypted: boolean; readonly names: readonly string[]; readonly problem?: string }
    }
  /** With a page's port. */
  | { readonly kind: 'page' }
  | { readonly kind: 'redeem'; readonly id: number; readonly ticket: string }
  | { readonly kind: 'answer'; readonly id: number; readonly value?: unknown; readonly fault?: Fault }
  | { readonly kind: 'power'; readonly state: PowerState }
  | { readonly kind: 'close' }

const id = z.number().int().nonnegative()
const name = z.string().min(1).max(200)

const askSchema = z.discriminatedUnion('ask', [
  z.strictObject({ ask: z.literal('secret.get'), name }),
  /** Without a value it is forgotten. */
  z.strictObject({ ask: z.literal('secret.set'), name, value: z.string().max(100_000).optional() }),
  z.strictObject({ ask: z.literal('emulator.start'), args: z.array(z.string().max(400)).max(40) }),
  /** Answered with its exit code when the one that runs has ended, however long that takes. */
  z.strictObject({ ask: z.literal('emulator.ended') }),
  z.strictObject({ ask: z.literal('emulator.stop') }),
])
/** What the engine needs main for. */
export type EngineAsk = z.output<typeof askSchema>

const faultSchema = z.object({
  code: z.custom<FaultCode>((code) => typeof code === 'string' && Object.hasOwn(FAULTS, code)),
  message: z.string().max(2_000),
})

/** From the engine's process. It reads what strangers send, so main checks what it says. */
export const fromEngineSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready') }),
  /** It cannot open, and is about to end. */
  z.strictObject({ kind: z.literal('failed'), fault: faultSchema }),
  z.strictObject({
    kind: z.literal('redeemed'),
    id,
    file: z.strictObject({ path: z.string().max(4_096), name: z.string().min(1).max(255) }).optional(),
  }),
  z.strictObject({ kind: z.literal('ask'), id, what: askSchema }),
])
export type FromEngine = z.output<typeof fromEngineSchema>
