import { Download, Moon, Search, Sun } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useMode } from '../../bridge/health-store.ts'
import { useSettings } from '../../bridge/settings-store.ts'
import { languageOf } from '../../i18n/index.ts'
import { Button } from '../../ui/Button.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { runCommand } from '../../ui/commands.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { ICON, SMALL_ICON } from '../../ui/icons.ts'
import { Kbd } from '../../ui/Kbd.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { Tooltip } from '../../ui/Tooltip.tsx'
import { changeSetting } from '../../ui/use-shell-commands.ts'
import { KafkaChip } from './KafkaChip.tsx'
import styles from './TopBar.module.css'
import { VenueCells } from './VenueCells.tsx'

/** The bar that is always there: search, the exchanges' state, what mode this is, export. */
export function TopBar() {
  const { t } = useTranslation()
  const demo = useMode()?.mode === 'demo'
  return (
    <header className={styles['bar']}>
      <span className={styles['mark']}>
        <Mark />
      </span>
      <h1 className={styles['name']}>Tapedeck</h1>
      <button type="button" className={styles['search']} onClick={() => runCommand('search.open')}>
        <Search {...SMALL_ICON} />
        <span>{t('search')}</span>
        <Kbd keys="Mod+K" />
      </button>
      <VenueCells />
      <span className={styles['space']} />
      <div className={styles['chips']}>
        {demo && (
          <Tooltip text={t('demoHint')}>
            <span>
              <Chip tone="mode" size="tall">
                {t('demo')}
              </Chip>
            </span>
          </Tooltip>
        )}
        <KafkaChip />
        <ThemeButton />
        <LanguageSwitch />
        <Button kind="primary" icon={<Download {...SMALL_ICON} />} onClick={() => runCommand('export.open')}>
          {t('export')}
        </Button>
      </div>
    </header>
  )
}

function ThemeButton() {
  const { t } = useTranslation()
  const { theme } = useSettings()
  const dark = theme === 'system' ? document.documentElement.dataset['theme'] === 'dark' : theme === 'dark'
  return (
    <IconButton
      label={t(dark ? 'theme.toLight' : 'theme.toDark')}
      icon={dark ? <Sun {...ICON} /> : <Moon {...ICON} />}
      onClick={() => runCommand('theme.toggle')}
    />
  )
}

function LanguageSwitch() {
  const { t } = useTranslation()
  const language = languageOf(useSettings().language)
  return (
    <Segmented
      label={t('language')}
      value={language}
      options={[
        { value: 'ko', label: '한', name: '한국어' },
        { value: 'en', label: 'EN', name: 'English' },
      ]}
      onChange={(next) => changeSetting({ language: next })}
    />
  )
}
