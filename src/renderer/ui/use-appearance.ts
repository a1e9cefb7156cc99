/** The look of the settings on the page, and the language in every text, as soon as either changes. */

import { useEffect, useSyncExternalStore } from 'react'
import { useMode } from '../bridge/health-store.ts'
import { useSettingsView } from '../bridge/settings-store.ts'
import { switchLanguage } from '../i18n/index.ts'
import { appearanceOf, applyAppearance, lightQuery } from './appearance.ts'

function subscribeLight(listener: () => void): () => void {
  const query = lightQuery()
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

export function useAppearance(): void {
  const view = useSettingsView()
  const mode = useMode()?.mode
  const systemIsLight = useSyncExternalStore(subscribeLight, () => lightQuery().matches)
  useEffect(() => {
    if (!view) return
    const appearance = appearanceOf(view.settings, systemIsLight)
    applyAppearance(appearance)
    switchLanguage(appearance.language)
  }, [view, systemIsLight])
  useEffect(() => {
    if (mode) document.documentElement.dataset['mode'] = mode
  }, [mode])
}
