import type { ButtonHTMLAttributes, ReactNode } from 'react'
import { classes } from './classes.ts'
import styles from './IconButton.module.css'
import { Tooltip } from './Tooltip.tsx'

export interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  /** Its name, for ears and in the tooltip. */
  readonly label: string
  readonly icon: ReactNode
  readonly size?: 'small' | 'normal'
  /** A switch: pressed or not. Absent: a plain button. */
  readonly pressed?: boolean
}

/** A button that is an icon alone. */
export function IconButton({ label, icon, size = 'normal', pressed, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <button
        type="button"
        aria-label={label}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
        {...rest}
        className={classes(styles['button'], styles[size], pressed && styles['pressed'], className)}
      >
        {icon}
      </button>
    </Tooltip>
  )
}
