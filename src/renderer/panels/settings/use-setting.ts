import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SettingsView } from '../../../shared/engine-view.ts'
import type { Fault } from '../../../shared/faults.ts'
import { toFault } from '../../../shared/faults.ts'
import type { Settings, SettingsSource } from '../../../shared/settings.ts'
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts'
import type { SettingsPatch } from '../../bridge/settings-store.ts'
import { saveSettings, useSettingsView } from '../../bridge/settings-store.ts'
import { faultLine } from '../../ui/fault-text.ts'

export interface Setting<V> {
  readonly value: V
  readonly source: SettingsSource
  /** Set by the environment: cannot be changed here. */
  readonly locked: boolean
  /** What the engine said of the last change, or of the file. */
  readonly error: string | undefined
  readonly save: (value: V) => void
}

/** One setting with its source, and the way to change it. `path` is a field, or a field of a group: 'caps.tradeDays'. */
export function useSetting<V>(
  path: string,
  pick: (settings: Settings) => V,
  patch: (value: V) => SettingsPatch,
): Setting<V> {
  const { t } = useTranslation('settings')
  const view = useSettingsView()
  const [refusal, setRefusal] = useState<Fault>()
  const field = path.split('.')[0] as keyof Settings
  const source = view?.sources[field] ?? 'default'
  return {
    value: pick(view?.settings ?? DEFAULT_SETTINGS),
    source,
    locked: source === 'environment',
    error: (refusal && faultLine(refusal)) ?? problemOf(view, path, (message) => t('problem', { message })),
    save(value) {
      saveSettings(patch(value)).then(
        () => setRefusal(undefined),
        (error: unknown) => {
          const { code, message } = toFault(error)
          setRefusal({ code, message: withoutPath(message, path) })
        },
      )
    },
  }
}

function problemOf(view: SettingsView | undefined, path: string, say: (message: string) => string): string | undefined {
  const problem = view?.problems.find((entry) => entry.field === path)
  return problem && say(problem.message)
}

/** The engine names the field; under the field itself that is one word too many. */
export function withoutPath(message: string, path: string): string {
  const rest = message.startsWith(`${path}: `) ? message.slice(path.length + 2) : message
  return rest.charAt(0).toUpperCase() + rest.slice(1)
}
