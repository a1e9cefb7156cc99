const WIDTH = 64
const HEIGHT = 18

/** A small line of lags. Amber while it rises. */
export function LagLine({ points, rising }: { readonly points: readonly number[]; readonly rising: boolean }) {
  const low = Math.min(...points)
  const height = Math.max(...points) - low
  const x = (index: number) => 1 + (index / Math.max(1, points.length - 1)) * (WIDTH - 2)
  const y = (lag: number) => HEIGHT - 3 - (height === 0 ? 0.5 : (lag - low) / height) * (HEIGHT - 6)
  return (
    <svg width={WIDTH} height={HEIGHT} aria-hidden>
      {points.length > 1 && (
        <path
          d={`M${points.map((lag, index) => `${x(index).toFixed(1)} ${y(lag).toFixed(1)}`).join('L')}`}
          fill="none"
          stroke={rising ? 'var(--warn)' : 'var(--text-3)'}
          strokeWidth="1.2"
          strokeLinejoin="round"
        />
      )}
    </svg>
  )
}
