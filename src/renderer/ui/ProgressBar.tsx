import { classes } from './classes.ts'
import styles from './ProgressBar.module.css'

export interface ProgressBarProps {
  readonly label: string
  /** 0 … 1. */
  readonly value: number
  readonly tone?: 'accent' | 'plain' | 'warn' | 'bad'
  readonly size?: 'thin' | 'normal'
  /** A measure, not a job: read as a meter. */
  readonly meter?: boolean
}

/** How far a job is, or how full a thing is. */
export function ProgressBar({ label, value, tone = 'accent', size = 'thin', meter = false }: ProgressBarProps) {
  const percent = Math.round(Math.min(1, Math.max(0, value)) * 1000) / 10
  return (
    <div
      role={meter ? 'meter' : 'progressbar'}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(percent)}
      className={classes(styles['bar'], styles[tone], styles[size])}
    >
      <i style={{ width: `${percent}%` }} />
    </div>
  )
}
