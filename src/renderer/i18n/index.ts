/** Korean and English. English gives the keys; Korean has the same shape, so that a missing key fails the type-check. */

import type { i18n as I18n } from 'i18next'
import { createInstance } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en } from './en/index.ts'
import { ko } from './ko/index.ts'

export type Language = 'ko' | 'en'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell'
    resources: typeof en
  }
}

/** The page's words. React finds them by `useTranslation`. */
export const i18n: I18n = createInstance()

/** The language in force: the chosen one, else the system's, else English. */
export function languageOf(setting: Language | null): Language {
  return setting ?? (navigator.language.toLowerCase().startsWith('ko') ? 'ko' : 'en')
}

/** Ready when it returns; the words are part of the page. */
export function startI18n(language: Language): void {
  void i18n.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en, ko },
    defaultNS: 'shell',
    initAsync: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
}

/** Every text changes in place. */
export function switchLanguage(language: Language): void {
  if (i18n.language !== language) void i18n.changeLanguage(language)
}
