import { useTranslation } from 'react-i18next'
import { useMode } from '../../bridge/health-store.ts'
import styles from './Welcome.module.css'

export interface Places {
  readonly source: 'live' | 'demo'
  readonly log: 'built-in' | 'cluster'
}

export interface PlaceStepProps {
  readonly places: Places
  readonly onChange: (change: Partial<Places>) => void
}

/** Real or simulated market; built-in log or a cluster. Chosen here, done at the end. */
export function PlaceStep({ places, onChange }: PlaceStepProps) {
  const { t } = useTranslation('welcome')
  const mode = useMode()
  return (
    <>
      <Choice
        name={t('source')}
        value={places.source}
        options={[
          { value: 'live', title: t('live'), text: t('liveText') },
          { value: 'demo', title: t('demo'), text: t('demoText') },
        ]}
        onChange={(source) => onChange({ source })}
      />
      {mode?.mode === 'demo' && mode.reason === 'unreachable' && <p className={styles['help']}>{t('noneAnswers')}</p>}
      <Choice
        name={t('log')}
        value={places.log}
        options={[
          { value: 'built-in', title: t('builtIn'), text: t('builtInText') },
          { value: 'cluster', title: t('cluster'), text: t('clusterText') },
        ]}
        onChange={(log) => onChange({ log })}
      />
    </>
  )
}

interface ChoiceProps<V extends string> {
  readonly name: string
  readonly value: V
  readonly options: readonly { readonly value: V; readonly title: string; readonly text: string }[]
  readonly onChange: (value: V) => void
}

/** One of two, each with what it means. */
function Choice<V extends string>({ name, value, options, onChange }: ChoiceProps<V>) {
  return (
    <fieldset className={styles['choice']}>
      <legend>{name}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles['card']}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <b>{option.title}</b>
          <span>{option.text}</span>
        </label>
      ))}
    </fieldset>
  )
}
