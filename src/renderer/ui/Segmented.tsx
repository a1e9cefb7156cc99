import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import styles from './Segmented.module.css'
import { stepIndex } from './roving.ts'

export interface Option<V extends string> {
  readonly value: V
  readonly label: ReactNode
  /** Its full name, where the label is short. */
  readonly name?: string
  readonly disabled?: boolean
}

export interface SegmentedProps<V extends string> {
  readonly label: string
  readonly value: V
  readonly options: readonly Option<V>[]
  readonly onChange: (value: V) => void
  readonly size?: 'small' | 'normal' | 'large'
  /** Fill the width in equal parts. */
  readonly stretch?: boolean
  readonly disabled?: boolean
}

/** One of two to five choices, all in view. One stop for Tab; arrows choose. */
export function Segmented<V extends string>(props: SegmentedProps<V>) {
  const { label, value, options, onChange, size = 'normal', stretch = false, disabled = false } = props
  const onKeyDown = (event: React.KeyboardEvent<HTMLDivElement>) => {
    const next = stepIndex(
      event.key,
      options.findIndex((option) => option.value === value),
      options.length,
    )
    const option = next === undefined ? undefined : options[next]
    if (!option || next === undefined || option.disabled) return
    event.preventDefault()
    event.currentTarget.querySelectorAll('button')[next]?.focus()
    onChange(option.value)
  }
  return (
    <div
      role="radiogroup"
      aria-label={label}
      aria-disabled={disabled}
      className={classes(styles['segmented'], styles[size], stretch && styles['stretch'])}
      onKeyDown={onKeyDown}
    >
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          aria-label={option.name}
          title={option.name}
          tabIndex={option.value === value ? 0 : -1}
          disabled={disabled || option.disabled}
          className={classes(styles['option'], option.value === value && styles['chosen'])}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  )
}
