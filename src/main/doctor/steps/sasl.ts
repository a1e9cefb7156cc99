import { DOCTOR_FINDINGS } from '../../../shared/doctor-findings.ts'
import { signIn } from '../sign-in.ts'
import type { Outcome, Visit } from '../visit.ts'
import type { Contact } from './tls.ts'

/** Signs in at the first broker. */
export async function authenticate(visit: Visit, contact: Contact): Promise<Outcome<Contact>> {
  const finding = await signIn(visit, contact.wire, contact.address)
  return DOCTOR_FINDINGS[finding.code].state === 'failed' ? { finding } : { finding, next: contact }
}
