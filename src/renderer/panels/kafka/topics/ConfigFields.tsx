import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import { SMALL_ICON } from '../../../ui/icons.ts'
import { Input } from '../../../ui/Input.tsx'
import styles from './Topics.module.css'

/** Settings of a topic by name; '' leaves the cluster's default. */
export type ConfigDraft = Readonly<Record<string, string>>

/** Those that are given. */
export function toConfigs(draft: ConfigDraft): Record<string, string> {
  return Object.fromEntries(Object.entries(draft).filter(([, value]) => value.trim() !== ''))
}

export interface ConfigFieldsProps {
  readonly configs: ConfigDraft
  readonly onChange: (configs: ConfigDraft) => void
}

/** Settings of a topic to fill in, and a way to add others by name. */
export function ConfigFields({ configs, onChange }: ConfigFieldsProps) {
  const { t } = useTranslation('kafka')
  const [name, setName] = useState('')
  const add = () => {
    onChange({ ...configs, [name.trim()]: '' })
    setName('')
  }
  return (
    <Field label={t('topics.configs')} help={t('topics.configsHelp')}>
      <div className={styles['configs']}>
        {Object.entries(configs).map(([config, value]) => (
          <div key={config} className={styles['config']}>
            <span>{config}</span>
            <Input
              aria-label={config}
              value={value}
              onChange={(event) => onChange({ ...configs, [config]: event.target.value })}
            />
          </div>
        ))}
        <div className={styles['config']}>
          <Input
            aria-label={t('topics.otherConfig')}
            placeholder={t('topics.otherConfig')}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <span>
            <Button
              icon={<Plus {...SMALL_ICON} />}
              disabled={name.trim() === '' || Object.hasOwn(configs, name.trim())}
              onClick={add}
            >
              {t('topics.add')}
            </Button>
          </span>
        </div>
      </div>
    </Field>
  )
}
