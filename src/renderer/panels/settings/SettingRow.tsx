import { Lock } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { classes } from '../../ui/classes.ts'
import { FieldError } from '../../ui/Field.tsx'
import { Tooltip } from '../../ui/Tooltip.tsx'
import styles from './Settings.module.css'
import type { Setting } from './use-setting.ts'

export interface SettingRowProps {
  /** Of the control; absent where the control names itself. */
  readonly id?: string
  readonly label: string
  readonly help?: string
  readonly setting: Pick<Setting<unknown>, 'source' | 'locked' | 'error'>
  readonly children: ReactNode
}

/** A setting: its name, its control, where its value comes from. */
export function SettingRow({ id, label, help, setting, children }: SettingRowProps) {
  const { t } = useTranslation('settings')
  const { source, locked, error } = setting
  const tag = (
    <span className={classes(styles['source'], styles[source])} {...(locked ? { tabIndex: 0 } : {})}>
      {locked && <Lock size={12} strokeWidth={1.5} aria-hidden />}
      {t(`source.${source}`)}
    </span>
  )
  return (
    <div className={styles['row']}>
      {id ? (
        <label className={styles['label']} htmlFor={id}>
          {label}
        </label>
      ) : (
        <span className={styles['label']}>{label}</span>
      )}
      <div className={styles['control']}>
        {children}
        {error ? (
          <FieldError id={`${id}-error`} text={error} />
        ) : (
          help && <span className={styles['help']}>{help}</span>
        )}
      </div>
      {locked ? <Tooltip text={t('locked')}>{tag}</Tooltip> : tag}
    </div>
  )
}
