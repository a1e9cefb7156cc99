import { memo, useEffect, useRef } from 'react'
import { fitCanvas } from '../../chart/strip-painter.ts'
import { useChartTheme } from '../../chart/theme-store.ts'

const WIDTH = 46
const HEIGHT = 18
/** Room for the line's end dot. */
const EDGE = 3

export interface SparklineProps {
  readonly closes: readonly number[] | undefined
  /** Colours the end dot; undefined: no dot, the value is old or unknown. */
  readonly rising: boolean | undefined
}

/** The last 24 hours as a line of 46 × 18, its end coloured by the day's direction. */
export const Sparkline = memo(function Sparkline({ closes, rising }: SparklineProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const theme = useChartTheme()
  useEffect(() => {
    const context = canvas.current ? fitCanvas(canvas.current, WIDTH, HEIGHT) : undefined
    if (!context || !closes || closes.length < 2) return
    const low = Math.min(...closes)
    const height = Math.max(...closes) - low
    const x = (index: number) => 1 + (index / (closes.length - 1)) * (WIDTH - 2 - EDGE)
    const y = (close: number) => HEIGHT - EDGE - (height === 0 ? 0.5 : (close - low) / height) * (HEIGHT - 2 * EDGE)
    context.strokeStyle = theme.neutral
    context.lineWidth = 1.1
    context.lineJoin = 'round'
    context.beginPath()
    closes.forEach((close, index) =>
      index === 0 ? context.moveTo(x(0), y(close)) : context.lineTo(x(index), y(close)),
    )
    context.stroke()
    if (rising === undefined) return
    context.fillStyle = rising ? theme.up : theme.down
    context.beginPath()
    context.arc(x(closes.length - 1), y(closes.at(-1)!), 1.8, 0, 2 * Math.PI)
    context.fill()
  }, [closes, rising, theme])
  return <canvas ref={canvas} aria-hidden style={{ width: WIDTH, height: HEIGHT }} />
})
