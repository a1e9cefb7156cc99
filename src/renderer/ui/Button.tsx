import type { ButtonHTMLAttributes, ReactNode } from 'react'
import styles from './Button.module.css'
import { classes } from './classes.ts'

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** One primary a view. Risky ones end in "…" and ask before they act. */
  readonly kind?: 'primary' | 'secondary' | 'ghost' | 'risky'
  readonly size?: 'small' | 'normal' | 'large'
  readonly icon?: ReactNode
}

/** A button with a label. */
export function Button({ kind = 'secondary', size = 'normal', icon, className, children, ...rest }: ButtonProps) {
  return (
    <button type="button" {...rest} className={classes(styles['button'], styles[kind], styles[size], className)}>
      {icon}
      {children}
    </button>
  )
}
