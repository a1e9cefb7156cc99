import type { ReactNode } from 'react'
import styles from './Chip.module.css'
import { classes } from './classes.ts'

export interface ChipProps {
  /** Outline is information; a tint needs a look; 'mode' is violet: not the live market. */
  readonly tone?: 'plain' | 'accent' | 'warn' | 'bad' | 'ok' | 'mode' | 'fill'
  readonly size?: 'small' | 'normal' | 'tall'
  readonly children: ReactNode
}

/** A short label in a box. */
export function Chip({ tone = 'plain', size = 'normal', children }: ChipProps) {
  return <span className={classes(styles['chip'], styles[tone], styles[size])}>{children}</span>
}
