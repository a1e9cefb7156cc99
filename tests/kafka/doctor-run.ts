import { openWireProbe } from '../../src/main/bus/kafka/wire-probe.ts'
import type { ClusterSecrets } from '../../src/main/bus/bus.ts'
import { runDoctor } from '../../src/main/doctor/doctor.ts'
import type { DoctorStep } from '../../src/shared/kafka-view.ts'
import type { ClusterProfile } from '../../src/shared/kafka-settings.ts'
import { clusterProfileSchema } from '../../src/shared/kafka-settings.ts'

export type ProfileInput = Partial<Omit<ClusterProfile, 'tls' | 'sasl'>> & {
  readonly tls?: Partial<ClusterProfile['tls']>
  readonly sasl?: Partial<NonNullable<ClusterProfile['sasl']>>
}

export function toProfile(input: ProfileInput): ClusterProfile {
  return clusterProfileSchema.parse({ id: 'test', name: 'test', ...input })
}

/** Runs the doctor on a profile, with little patience. */
export function examine(
  input: ProfileInput,
  secrets: ClusterSecrets = {},
  options: {
    readonly signal?: AbortSignal
    readonly onStep?: (steps: readonly DoctorStep[]) => void
    readonly answer?: number
  } = {},
): Promise<readonly DoctorStep[]> {
  return runDoctor(toProfile(input), secrets, {
    signal: options.signal ?? new AbortController().signal,
    onStep: options.onStep ?? (() => {}),
    openWire: openWireProbe,
    limits: { connect: 3_000, answer: options.answer ?? 10_000 },
  })
}

/** Each step in short: 'tcp ok tcp-open'; those that wait are left out. */
export function inShort(steps: readonly DoctorStep[]): readonly string[] {
  return steps
    .filter((each) => each.state !== 'waiting')
    .map(({ step, state, finding }) => `${step} ${state} ${finding?.code ?? ''}`)
}

/** The step where the doctor stopped, and its finding. */
export function stoppedAt(steps: readonly DoctorStep[]) {
  const failed = steps.find((each) => each.state === 'failed')
  return failed && { step: failed.step, code: failed.finding?.code, values: failed.finding?.values }
}
