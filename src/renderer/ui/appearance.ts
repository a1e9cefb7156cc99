/** How the page looks: theme, colours of up and down, density, contrast and language, set on the root element. */

import type { Settings } from '../../shared/settings.ts'
import type { Language } from '../i18n/index.ts'
import { languageOf } from '../i18n/index.ts'

export interface Appearance {
  readonly theme: 'dark' | 'light'
  readonly up: 'red' | 'green'
  readonly density: 'dense' | 'comfortable'
  readonly contrast: 'normal' | 'high'
  readonly language: Language
}

const LAST = 'tapedeck.appearance'

/** The system's wish for a light window. */
export const lightQuery = (): MediaQueryList => window.matchMedia('(prefers-color-scheme: light)')

/** The look that the settings ask for. */
export function appearanceOf(settings: Settings, systemIsLight: boolean): Appearance {
  const language = languageOf(settings.language)
  return {
    theme: settings.theme === 'system' ? (systemIsLight ? 'light' : 'dark') : settings.theme,
    up: settings.up ?? (language === 'ko' ? 'red' : 'green'),
    density: settings.density,
    contrast: settings.contrast,
    language,
  }
}

/** Puts a look on the page, and keeps it for the next start's first paint. */
export function applyAppearance(appearance: Appearance): void {
  const root = document.documentElement
  root.dataset['theme'] = appearance.theme
  root.dataset['up'] = appearance.up
  root.dataset['density'] = appearance.density
  root.dataset['contrast'] = appearance.contrast
  root.lang = appearance.language
  localStorage.setItem(LAST, JSON.stringify(appearance))
}

/** The look of the last time: what the page wears until the engine has told the settings. */
export function lastAppearance(): Appearance | undefined {
  const text = localStorage.getItem(LAST)
  try {
    return text === null ? undefined : (JSON.parse(text) as Appearance)
  } catch {
    return undefined // not ours: the settings come within a moment
  }
}
