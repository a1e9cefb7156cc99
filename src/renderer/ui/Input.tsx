import type { InputHTMLAttributes } from 'react'
import { classes } from './classes.ts'
import styles from './Field.module.css'

export interface InputProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly invalid?: boolean
}

/** A line of text or a number. */
export function Input({ invalid = false, className, ...rest }: InputProps) {
  return (
    <input
      type="text"
      autoComplete="off"
      spellCheck={false}
      aria-invalid={invalid}
      {...rest}
      className={classes(styles['input'], invalid && styles['invalid'], className)}
    />
  )
}
