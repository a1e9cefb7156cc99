import { ChevronDown } from 'lucide-react'
import { classes } from './classes.ts'
import styles from './Field.module.css'
import type { Option } from './Segmented.tsx'

export interface SelectProps<V extends string> {
  readonly id?: string
  readonly label?: string
  readonly value: V
  readonly options: readonly (Option<V> & { readonly label: string })[]
  readonly onChange: (value: V) => void
  readonly disabled?: boolean
  readonly describedBy?: string
  readonly size?: 'small' | 'normal'
}

/** The system's own select, in our clothes. */
export function Select<V extends string>(props: SelectProps<V>) {
  const { id, label, value, options, onChange, disabled, describedBy, size = 'normal' } = props
  return (
    <span className={styles['select']}>
      <select
        id={id}
        aria-label={label}
        aria-describedby={describedBy}
        className={classes(styles['input'], size === 'small' && styles['small'])}
        value={value}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value as V)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown size={14} strokeWidth={1.5} aria-hidden className={styles['chevron']} />
    </span>
  )
}
