import type { ReactNode } from 'react'
import { classes } from '../../ui/classes.ts'
import styles from './VenueTable.module.css'

export interface FigureProps {
  readonly tone?: string | undefined
  /** Nothing to look at: dimmed. */
  readonly zero?: boolean
  readonly title?: string
  readonly children: ReactNode
}

/** A cell of a number, at its right. */
export function Figure({ tone, zero = false, title, children }: FigureProps) {
  return (
    <td className={classes(styles['right'], zero && styles['dim'], tone)} title={title === '' ? undefined : title}>
      {children}
    </td>
  )
}
