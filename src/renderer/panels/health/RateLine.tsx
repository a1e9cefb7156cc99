import type { HealthPoint } from '../../bridge/health-history.ts'
import { HISTORY_LENGTH } from '../../bridge/health-history.ts'

const WIDTH = 60
const HEIGHT = 16
const STEPS = 40

/** Messages a second over ten minutes, as a line without a scale. */
export function RateLine({ points }: { readonly points: readonly HealthPoint[] }) {
  const size = HISTORY_LENGTH / STEPS
  const means: { readonly step: number; readonly value: number }[] = []
  for (let step = 0; step < STEPS; step += 1) {
    const end = points.length - (STEPS - 1 - step) * size
    const slice = points.slice(Math.max(0, end - size), Math.max(0, end))
    if (slice.length > 0)
      means.push({ step, value: slice.reduce((sum, point) => sum + point.messagesPerSecond, 0) / slice.length })
  }
  const most = Math.max(1, ...means.map((mean) => mean.value))
  const path = means
    .map(
      ({ step, value }) =>
        `${((step / (STEPS - 1)) * WIDTH).toFixed(1)} ${(HEIGHT - 3 - (value / most) * 10).toFixed(1)}`,
    )
    .join('L')
  return (
    <svg width={WIDTH} height={HEIGHT} aria-hidden>
      {means.length > 1 && <path d={`M${path}`} fill="none" stroke="var(--text-3)" strokeWidth="1" />}
    </svg>
  )
}
