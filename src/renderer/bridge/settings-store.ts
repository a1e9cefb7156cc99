/** The settings as the engine holds them. The page never keeps its own copy: it asks for a change and hears of it. */

import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { SettingsView } from '../../shared/engine-view.ts'
import type { Settings } from '../../shared/settings.ts'
import { DEFAULT_SETTINGS } from '../../shared/settings.ts'
import { session } from './session.ts'

/** `view` is absent until the engine has answered for the first time. */
export const settingsStore = createStore<{ readonly view?: SettingsView }>(() => ({}))

/** Listens until left. */
export function followSettings(): () => void {
  return session.open('settings', {}, (view) => settingsStore.setState({ view }))
}

/** The settings in force; the defaults until the engine has answered. */
export function useSettings(): Settings {
  return useStore(settingsStore, (state) => state.view?.settings ?? DEFAULT_SETTINGS)
}

/** The settings with the source of each and the problems of the file. */
export function useSettingsView(): SettingsView | undefined {
  return useStore(settingsStore, (state) => state.view)
}

/** Changes a part of the settings; groups are merged field by field. Rejects with a FaultError that names the field. */
export async function saveSettings(patch: SettingsPatch): Promise<void> {
  const view = await session.call('settings.set', patch)
  settingsStore.setState({ view })
}

/** Some settings; of a group, some of its fields. */
export type SettingsPatch = {
  readonly [K in keyof Settings]?: Settings[K] extends Record<string, unknown> ? Partial<Settings[K]> : Settings[K]
}
