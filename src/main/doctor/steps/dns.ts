import { toFinding } from '../../../shared/doctor-findings.ts'
import { isLiteral, toAddress } from '../address.ts'
import type { Address } from '../address.ts'
import { findHost } from '../dial.ts'
import type { Outcome, Visit } from '../visit.ts'

/** Asks for the addresses of every broker's name. One that is found is enough to begin with. */
export async function findNames(visit: Visit): Promise<Outcome<readonly Address[]>> {
  const all = visit.profile.brokers.map(toAddress)
  const total = String(all.length)
  if (all.every(isLiteral)) return { finding: toFinding('dns-literal', { total }), next: all }
  const { signal, limits } = visit
  const asked = await Promise.all(
    all.map(async (address) => ({
      address,
      found: await findHost(address.host, { signal, timeout: limits.connect }),
    })),
  )
  const known = asked.filter((each) => each.found !== undefined && each.found.length > 0)
  const lost = asked.filter((each) => !known.includes(each))
  const next = known.map((each) => each.address)
  const [first] = known.filter((each) => !isLiteral(each.address))
  if (lost.length === 0 && first)
    return {
      finding: toFinding('dns-found', { total, host: first.address.host, address: first.found?.[0] ?? '' }),
      next,
    }
  const missing = [...new Set(lost.map((each) => each.address.host))].join(', ')
  if (known.length > 0) return { finding: toFinding('dns-some', { found: String(known.length), total, missing }), next }
  const silent = lost.every((each) => each.found === undefined)
  return { finding: toFinding(silent ? 'dns-no-server' : 'dns-not-found', { host: missing }) }
}
