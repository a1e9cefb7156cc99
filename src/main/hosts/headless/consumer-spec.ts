import { FaultError } from '../../../shared/faults.ts'
import type { ConsumerSpec } from '../../../shared/kafka-settings.ts'
import { consumerSchema } from '../../../shared/kafka-settings.ts'

/** A consumer as a command line asks for it. Throws 'bad-request' naming the field. */
export function toConsumerSpec(
  asked: Pick<ConsumerSpec, 'name' | 'topics' | 'group' | 'members'> & Partial<ConsumerSpec>,
): ConsumerSpec {
  const parsed = consumerSchema.safeParse(asked)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new FaultError('bad-request', `${String(issue?.path[0])}: ${issue?.message}.`)
}
