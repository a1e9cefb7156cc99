import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './Field.module.css'

export interface FieldProps {
  readonly label: string
  /** Of the control it labels; absent for a group that names itself. */
  readonly htmlFor?: string
  readonly help?: ReactNode
  /** One sentence under the field. Its id is `<htmlFor>-error`. */
  readonly error?: string | undefined
  readonly children: ReactNode
}

/** A label over a control, with help or an error under it. */
export function Field({ label, htmlFor, help, error, children }: FieldProps) {
  return (
    <div className={styles['field']}>
      {htmlFor ? (
        <label className={styles['label']} htmlFor={htmlFor}>
          {label}
        </label>
      ) : (
        <span className={styles['label']}>{label}</span>
      )}
      {children}
      {error ? (
        <FieldError id={`${htmlFor}-error`} text={error} />
      ) : (
        help && <span className={styles['help']}>{help}</span>
      )}
    </div>
  )
}

/** What is wrong with a field, in one sentence. */
export function FieldError({ id, text }: { readonly id: string; readonly text: string }) {
  return (
    <span id={id} className={styles['error']}>
      <CircleAlert size={14} strokeWidth={1.5} aria-hidden />
      {text}
    </span>
  )
}
