import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Fault } from '../../../shared/faults.ts'
import { toFault } from '../../../shared/faults.ts'
import { Button } from '../../ui/Button.tsx'
import { faultLine } from '../../ui/fault-text.ts'
import { FieldError } from '../../ui/Field.tsx'
import { Input } from '../../ui/Input.tsx'
import styles from './Settings.module.css'

export interface SecretRowProps {
  readonly label: string
  /** Whether there is one, and how it is kept. */
  readonly help: string
  readonly isSet: boolean
  /** Set by the environment: cannot be changed here. */
  readonly locked?: boolean
  /** Empty: it is forgotten. Rejects with what the engine says of it. */
  readonly save: (value: string) => Promise<void>
}

/** A secret to write: it goes to the engine and never comes back. */
export function SecretRow({ label, help, isSet, locked = false, save }: SecretRowProps) {
  const { t } = useTranslation('settings')
  const id = useId()
  const [value, setValue] = useState('')
  const [fault, setFault] = useState<Fault>()
  const keep = (next: string) => {
    save(next).then(
      () => {
        setValue('')
        setFault(undefined)
      },
      (error: unknown) => setFault(toFault(error)),
    )
  }
  return (
    <div className={styles['row']}>
      <label className={styles['label']} htmlFor={id}>
        {label}
      </label>
      <div className={styles['control']}>
        <form
          className={styles['inline']}
          onSubmit={(event) => {
            event.preventDefault()
            if (value.trim() !== '') keep(value.trim())
          }}
        >
          <Input
            id={id}
            type="password"
            autoComplete="new-password"
            maxLength={1_000}
            value={value}
            disabled={locked}
            invalid={fault !== undefined}
            placeholder={isSet ? '••••••••••••' : undefined}
            aria-describedby={fault ? `${id}-error` : `${id}-help`}
            onChange={(event) => setValue(event.target.value)}
          />
          <Button type="submit" disabled={locked || value.trim() === ''}>
            {t('keys.save')}
          </Button>
          <Button disabled={locked || !isSet} onClick={() => keep('')}>
            {t('keys.forget')}
          </Button>
        </form>
        {fault && <FieldError id={`${id}-error`} text={faultLine(fault)} />}
        <span id={`${id}-help`} className={styles['help']}>
          {help}
        </span>
      </div>
      <span />
    </div>
  )
}
