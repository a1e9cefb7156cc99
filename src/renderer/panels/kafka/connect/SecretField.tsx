import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { session } from '../../../bridge/session.ts'
import { Field } from '../../../ui/Field.tsx'
import { Input } from '../../../ui/Input.tsx'
import { useAnswer } from '../parts/use-answer.ts'

export interface SecretFieldProps {
  readonly name: 'password' | 'clientSecret' | 'keyPassphrase'
  readonly profile: string | undefined
  readonly value: string
  readonly locked: boolean
  readonly onChange: (value: string) => void
}

/** A secret to write: it goes to the host, which keeps it, and never comes back. Says whether one is kept, and how. */
export function SecretField({ name, profile, value, locked, onChange }: SecretFieldProps) {
  const { t } = useTranslation('kafka')
  const id = useId()
  const { value: state } = useAnswer(profile, () => session.call('kafka.secret.state', { profile: profile ?? '' }))
  const kept = state?.set ? state.kept : 'none'
  return (
    <Field label={t(`connect.field.${name}`)} htmlFor={id} help={t(`connect.kept.${kept}`)}>
      <Input
        id={id}
        type="password"
        autoComplete="new-password"
        value={value}
        disabled={locked}
        placeholder={state?.set ? '••••••••••••' : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  )
}
