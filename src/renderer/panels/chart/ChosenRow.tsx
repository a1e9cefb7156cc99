import { Trash2 } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChosenIndicator } from '../../../shared/indicators/catalog.ts'
import { INDICATORS, parametersOf } from '../../../shared/indicators/catalog.ts'
import type { Parameter } from '../../../shared/indicators/indicator.ts'
import { FieldError } from '../../ui/Field.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { SMALL_ICON } from '../../ui/icons.ts'
import { Input } from '../../ui/Input.tsx'
import styles from './Indicators.module.css'

export interface ChosenRowProps {
  readonly chosen: ChosenIndicator
  readonly onChange: (parameters: Readonly<Record<string, number>>) => void
  readonly onRemove: () => void
}

/** An indicator that is on the chart, with its parameters. */
export function ChosenRow({ chosen, onChange, onRemove }: ChosenRowProps) {
  const { t } = useTranslation('market')
  const values = parametersOf(chosen)
  const name = t(`indicators.names.${chosen.id}`)
  return (
    <li className={styles['chosen']}>
      <span className={styles['name']}>{name}</span>
      {Object.entries(INDICATORS[chosen.id].parameters).map(([parameter, bounds]) => (
        <ParameterField
          key={parameter}
          name={parameter as ParameterName}
          bounds={bounds}
          value={values[parameter]!}
          onChange={(value) => onChange({ ...chosen.parameters, [parameter]: value })}
        />
      ))}
      <IconButton
        label={t('indicators.remove', { name })}
        icon={<Trash2 {...SMALL_ICON} />}
        size="small"
        className={styles['remove']}
        onClick={onRemove}
      />
    </li>
  )
}

type ParameterName = 'length' | 'deviations' | 'fast' | 'slow' | 'signal' | 'smooth'

interface ParameterFieldProps {
  readonly name: ParameterName
  readonly bounds: Parameter
  readonly value: number
  readonly onChange: (value: number) => void
}

/** A whole number within its bounds; what is not one is said and not taken. */
function ParameterField({ name, bounds: { least, most }, value, onChange }: ParameterFieldProps) {
  const { t } = useTranslation('market')
  const id = useId()
  const [text, setText] = useState(String(value))
  const number = Number(text)
  const isRight = text.trim() !== '' && Number.isInteger(number) && number >= least && number <= most
  return (
    <span className={styles['parameter']}>
      <label htmlFor={id}>{t(`indicators.parameters.${name}`)}</label>
      <Input
        id={id}
        inputMode="numeric"
        className={styles['number']}
        value={text}
        invalid={!isRight}
        aria-describedby={isRight ? undefined : `${id}-error`}
        onChange={(event) => {
          const next = event.target.value
          const wanted = Number(next)
          setText(next)
          if (next.trim() !== '' && Number.isInteger(wanted) && wanted >= least && wanted <= most) onChange(wanted)
        }}
      />
      {!isRight && <FieldError id={`${id}-error`} text={t('indicators.bounds', { least, most })} />}
    </span>
  )
}
