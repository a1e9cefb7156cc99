import { toFinding } from '../../../shared/doctor-findings.ts'
import { toText } from '../address.ts'
import type { Address } from '../address.ts'
import { dial } from '../dial.ts'
import { toSeconds } from '../visit.ts'
import type { Outcome, Visit } from '../visit.ts'

/** Knocks at every broker's port. Answers with those that open, in the profile's order. */
export async function openPorts(visit: Visit, addresses: readonly Address[]): Promise<Outcome<readonly Address[]>> {
  const { signal, limits } = visit
  const tried = await Promise.all(
    addresses.map(async (address) => {
      const dialled = await dial(address, { signal, timeout: limits.connect })
      if ('socket' in dialled) dialled.socket.destroy()
      return { address, dialled }
    }),
  )
  const open = tried.filter(({ dialled }) => 'socket' in dialled).map((each) => each.address)
  const total = String(addresses.length)
  const [first] = open
  const closed = tried.filter((each) => !open.includes(each.address))
  if (first && closed.length === 0)
    return { finding: toFinding('tcp-open', { total, address: toText(first) }), next: open }
  if (first)
    return {
      finding: toFinding('tcp-some', {
        open: String(open.length),
        total,
        closed: closed.map((each) => toText(each.address)).join(', '),
      }),
      next: open,
    }
  return { finding: closedFinding(closed, visit) }
}

function closedFinding(
  closed: readonly { readonly address: Address; readonly dialled: Awaited<ReturnType<typeof dial>> }[],
  { limits }: Visit,
) {
  const address = closed.map((each) => toText(each.address)).join(', ')
  const [worst] = closed.map((each) => each.dialled).filter((each) => 'trouble' in each)
  if (worst?.trouble === 'refused') return toFinding('tcp-refused', { address })
  if (worst?.trouble === 'timed-out') return toFinding('tcp-timeout', { address, seconds: toSeconds(limits.connect) })
  return toFinding('tcp-unreachable', { address, error: worst?.error ?? '' })
}
