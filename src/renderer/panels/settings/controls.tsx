import type { ReactNode } from 'react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Input } from '../../ui/Input.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { SettingRow } from './SettingRow.tsx'
import styles from './Settings.module.css'
import type { Setting } from './use-setting.ts'

interface RowProps {
  readonly label: string
  readonly help?: string
}

export interface ChoiceRowProps<V extends string> extends RowProps {
  readonly setting: Setting<V>
  readonly options: readonly { readonly value: V; readonly label: string }[]
}

/** A setting with a few values, all in view. */
export function ChoiceRow<V extends string>({ label, setting, options, ...rest }: ChoiceRowProps<V>) {
  return (
    <SettingRow label={label} setting={setting} {...rest}>
      <Segmented
        label={label}
        value={setting.value}
        options={options}
        disabled={setting.locked}
        onChange={setting.save}
      />
    </SettingRow>
  )
}

export interface SwitchRowProps extends RowProps {
  readonly setting: Setting<boolean>
  /** What is beside the switch. */
  readonly children?: ReactNode
}

/** A setting that is on or off. */
export function SwitchRow({ label, setting, children, ...rest }: SwitchRowProps) {
  const { t } = useTranslation('settings')
  return (
    <SettingRow label={label} setting={setting} {...rest}>
      <Segmented
        label={label}
        value={setting.value ? 'on' : 'off'}
        options={[
          { value: 'off', label: t('off') },
          { value: 'on', label: t('on') },
        ]}
        disabled={setting.locked}
        onChange={(value) => setting.save(value === 'on')}
      />
      {children}
    </SettingRow>
  )
}

export interface TextRowProps extends RowProps {
  readonly setting: Setting<string>
  readonly placeholder?: string
}

/** A setting that is written: saved when one leaves the field or presses Enter. */
export function TextRow({ label, setting, placeholder, ...rest }: TextRowProps) {
  const id = useId()
  return (
    <SettingRow id={id} label={label} setting={setting} {...rest}>
      <TextControl id={id} setting={setting} placeholder={placeholder} />
    </SettingRow>
  )
}

export interface NumberRowProps extends RowProps {
  readonly setting: Setting<number>
  readonly unit: string
  /** The setting's value for one of `unit`. */
  readonly scale?: number
}

/** A setting that is a number with a unit. */
export function NumberRow({ label, setting, unit, scale = 1, ...rest }: NumberRowProps) {
  const { t } = useTranslation('settings')
  const id = useId()
  const [unreadable, setUnreadable] = useState(false)
  const text: Setting<string> = {
    ...setting,
    value: String(setting.value / scale),
    error: unreadable ? t('notNumber') : setting.error,
    save(value) {
      const number = value.trim() === '' ? Number.NaN : Number(value)
      setUnreadable(Number.isNaN(number))
      if (!Number.isNaN(number)) setting.save(Math.round(number * scale))
    },
  }
  return (
    <SettingRow id={id} label={label} setting={text} {...rest}>
      <span className={styles['number']}>
        <TextControl id={id} setting={text} numeric />
        {unit}
      </span>
    </SettingRow>
  )
}

interface TextControlProps {
  readonly id: string
  readonly setting: Setting<string>
  readonly placeholder?: string | undefined
  readonly numeric?: boolean
}

function TextControl({ id, setting, placeholder, numeric = false }: TextControlProps) {
  const { value, locked, error, save } = setting
  /** What is being typed, and over which value: once that has changed, the text is history. */
  const [draft, setDraft] = useState({ text: value, over: value })
  const text = draft.over === value ? draft.text : value
  const commit = () => {
    if (text !== value) save(text)
  }
  return (
    <Input
      id={id}
      value={text}
      placeholder={placeholder}
      disabled={locked}
      invalid={error !== undefined}
      aria-describedby={error === undefined ? undefined : `${id}-error`}
      {...(numeric ? { inputMode: 'decimal' as const } : {})}
      onChange={(event) => setDraft({ text: event.target.value, over: value })}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit()
        else if (event.key === 'Escape') setDraft({ text: value, over: value })
      }}
    />
  )
}
