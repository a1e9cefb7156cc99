import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import styles from './Field.module.css'

export interface CheckboxProps {
  readonly label: ReactNode
  readonly help?: string | undefined
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly disabled?: boolean
}

/** A box to tick, with what it means under its label. */
export function Checkbox({ label, help, checked, onChange, disabled = false }: CheckboxProps) {
  return (
    <label className={classes(styles['check'], disabled && styles['disabled'])}>
      <span className={styles['box']}>
        <input
          type="checkbox"
          checked={checked}
          disabled={disabled}
          onChange={(event) => onChange(event.target.checked)}
        />
        <Check size={12} strokeWidth={2.4} aria-hidden />
      </span>
      <span className={styles['checkText']}>
        {label}
        {help && <span className={styles['help']}>{help}</span>}
      </span>
    </label>
  )
}
