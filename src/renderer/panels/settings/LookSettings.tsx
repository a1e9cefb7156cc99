import { useTranslation } from 'react-i18next'
import { ChoiceRow } from './controls.tsx'
import { Section } from './SettingsFrame.tsx'
import { useSetting } from './use-setting.ts'

const LANGUAGES = ['system', 'ko', 'en'] as const
const THEMES = ['dark', 'light', 'system'] as const
const UPS = ['language', 'red', 'green'] as const
const DENSITIES = ['dense', 'comfortable'] as const
const CONTRASTS = ['normal', 'high'] as const

/** Language, colours, density. */
export function LookSettings() {
  const { t } = useTranslation('settings')
  const language = useSetting<(typeof LANGUAGES)[number]>(
    'language',
    (settings) => settings.language ?? 'system',
    (value) => ({ language: value === 'system' ? null : value }),
  )
  const theme = useSetting(
    'theme',
    (settings) => settings.theme,
    (value) => ({ theme: value }),
  )
  const up = useSetting<(typeof UPS)[number]>(
    'up',
    (settings) => settings.up ?? 'language',
    (value) => ({ up: value === 'language' ? null : value }),
  )
  const density = useSetting(
    'density',
    (settings) => settings.density,
    (value) => ({ density: value }),
  )
  const contrast = useSetting(
    'contrast',
    (settings) => settings.contrast,
    (value) => ({ contrast: value }),
  )
  return (
    <Section title={t('look')}>
      <ChoiceRow
        label={t('language')}
        setting={language}
        options={LANGUAGES.map((value) => ({ value, label: t(`languageChoice.${value}`) }))}
      />
      <ChoiceRow
        label={t('theme')}
        setting={theme}
        options={THEMES.map((value) => ({ value, label: t(`themeChoice.${value}`) }))}
      />
      <ChoiceRow
        label={t('up')}
        help={t('upHelp')}
        setting={up}
        options={UPS.map((value) => ({ value, label: t(`upChoice.${value}`) }))}
      />
      <ChoiceRow
        label={t('density')}
        setting={density}
        options={DENSITIES.map((value) => ({ value, label: t(`densityChoice.${value}`) }))}
      />
      <ChoiceRow
        label={t('contrast')}
        setting={contrast}
        options={CONTRASTS.map((value) => ({ value, label: t(`contrastChoice.${value}`) }))}
      />
    </Section>
  )
}
