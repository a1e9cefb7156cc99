import type { Refusal, Wire } from '../bus/wire.ts'
import { WireError } from '../bus/wire.ts'
import { toAddress } from './address.ts'
import { reachBroker } from './reach.ts'
import { SCRATCH } from './steps/scratch.ts'
import type { Visit } from './visit.ts'

/** Deletes the scratch topic, once, at the latest when the visit ends: over a new connection if the visit was cut short. */
export function createRemoval(visit: Visit, wire: Wire): () => Promise<Refusal | undefined> {
  let removing: Promise<Refusal | undefined> | undefined
  const remove = () => {
    removing ??= wire.deleteTopic(SCRATCH).catch((error: unknown) => {
      if (!(error instanceof WireError)) throw error
      return removeAnew(visit)
    })
    return removing
  }
  visit.atEnd(remove)
  return remove
}

async function removeAnew(visit: Visit): Promise<Refusal | undefined> {
  const signal = AbortSignal.timeout(visit.limits.answer)
  const unreached: Refusal = { error: 'BROKER_NOT_AVAILABLE', said: '' }
  for (const broker of visit.profile.brokers) {
    const reached = await reachBroker({ ...visit, signal, atEnd: () => {} }, toAddress(broker))
    if (!('wire' in reached)) continue
    try {
      return await reached.wire.deleteTopic(SCRATCH)
    } catch (error) {
      if (!(error instanceof WireError)) throw error
    } finally {
      reached.wire.close()
    }
  }
  return unreached
}
