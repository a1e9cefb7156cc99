/** The commands that work on every page, and their keys. */

import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { saveSettings, settingsStore } from '../bridge/settings-store.ts'
import { languageOf } from '../i18n/index.ts'
import type { ListedCommand, PageId } from './commands.ts'
import { bindKeys, handleCommand, listCommands, runCommand } from './commands.ts'
import { openPage } from './page-store.ts'
import { stepPanel, stepTab } from './panel-focus.ts'
import { showFault } from './show-fault.ts'

const PAGE_KEYS: readonly (readonly [PageId, readonly string[]])[] = [
  ['trade', ['Alt+1']],
  ['kafka', ['Alt+3']],
  ['health', ['Alt+4']],
  ['data', ['Alt+6']],
  ['news', ['Alt+8']],
  ['settings', ['Alt+,']],
  ['about', []],
]

/** Changes a setting; what goes wrong is told in a notice. */
export function changeSetting(patch: Parameters<typeof saveSettings>[0]): void {
  saveSettings(patch).catch((error: unknown) => {
    showFault('setting', error)
  })
}

function toggleTheme(): void {
  const dark = document.documentElement.dataset['theme'] === 'dark'
  changeSetting({ theme: dark ? 'light' : 'dark' })
}

function toggleLanguage(): void {
  const language = languageOf(settingsStore.getState().view?.settings.language ?? null)
  changeSetting({ language: language === 'ko' ? 'en' : 'ko' })
}

export function useShellCommands(): void {
  const { t } = useTranslation()
  useEffect(() => {
    const leaves = [
      handleCommand('page.open', openPage),
      handleCommand('theme.toggle', toggleTheme),
      handleCommand('language.toggle', toggleLanguage),
      handleCommand('panel.next', () => stepPanel(1)),
      handleCommand('panel.previous', () => stepPanel(-1)),
      bindKeys(),
      bindTabKeys(),
    ]
    return () => {
      for (const leave of leaves) leave()
    }
  }, [])
  useEffect(() => {
    const commands: readonly ListedCommand[] = [
      ...PAGE_KEYS.map(([page, keys]): ListedCommand => ({
        title: t(`pages.${page}`),
        keys,
        group: 'pages',
        run: () => runCommand('page.open', page),
      })),
      { title: t('command.search'), keys: ['Mod+K', '/'], group: 'general', run: () => runCommand('search.open') },
      { title: t('command.export'), keys: ['Mod+E'], group: 'general', run: () => runCommand('export.open') },
      { title: t('command.theme'), group: 'general', run: () => runCommand('theme.toggle') },
      { title: t('command.language'), group: 'general', run: () => runCommand('language.toggle') },
      { title: t('command.keys'), keys: ['?'], group: 'general', run: () => runCommand('keys.open') },
      { title: t('command.nextPanel'), keys: ['F6'], group: 'panels', run: () => runCommand('panel.next') },
      {
        title: t('command.previousPanel'),
        keys: ['Shift+F6'],
        group: 'panels',
        run: () => runCommand('panel.previous'),
      },
    ]
    return listCommands(commands)
  }, [t])
}

/** Alt ← → turn tabs in the panel in focus; in the browser they would leave the page. */
function onTabKey(event: KeyboardEvent): void {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
  event.preventDefault()
  stepTab(event.key === 'ArrowRight' ? 1 : -1)
}

function bindTabKeys(): () => void {
  window.addEventListener('keydown', onTabKey)
  return () => window.removeEventListener('keydown', onTabKey)
}
