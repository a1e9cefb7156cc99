import { useTranslation } from 'react-i18next'
import { useSettings } from '../../bridge/settings-store.ts'
import { languageOf } from '../../i18n/index.ts'
import { appearanceOf, lightQuery } from '../../ui/appearance.ts'
import { Segmented } from '../../ui/Segmented.tsx'
import { changeSetting } from '../../ui/use-shell-commands.ts'
import styles from './Welcome.module.css'

/** Language, theme, and which colour rises. Each takes hold at once, so that what is chosen is what is seen. */
export function LookStep() {
  const { t } = useTranslation(['welcome', 'settings'])
  const settings = useSettings()
  const look = appearanceOf(settings, lightQuery().matches)
  return (
    <div className={styles['rows']}>
      <span>{t('welcome:language')}</span>
      <Segmented
        label={t('welcome:language')}
        value={languageOf(settings.language)}
        options={[
          { value: 'ko', label: '한국어' },
          { value: 'en', label: 'English' },
        ]}
        onChange={(language) => changeSetting({ language })}
      />
      <span>{t('welcome:theme')}</span>
      <Segmented
        label={t('welcome:theme')}
        value={settings.theme}
        options={(['dark', 'light', 'system'] as const).map((value) => ({
          value,
          label: t(`settings:themeChoice.${value}`),
        }))}
        onChange={(theme) => changeSetting({ theme })}
      />
      <span>{t('welcome:up')}</span>
      <div className={styles['up']}>
        <Segmented
          label={t('welcome:up')}
          value={look.up}
          options={[
            { value: 'red', label: `${t('settings:upChoice.red')} · ${t('welcome:upKorea')}` },
            { value: 'green', label: `${t('settings:upChoice.green')} · ${t('welcome:upWest')}` },
          ]}
          onChange={(up) => changeSetting({ up })}
        />
        <span className={styles['sample']} aria-hidden>
          <i className={styles['rising']}>▲ +1.24%</i>
          <i className={styles['falling']}>▼ −0.85%</i>
        </span>
      </div>
    </div>
  )
}
