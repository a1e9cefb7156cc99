import { useTranslation } from 'react-i18next'
import { useMode } from '../../bridge/health-store.ts'
import { useSession } from '../../bridge/session.ts'
import { NOT_GIVEN } from '../../ui/format.ts'
import { Mark } from '../../ui/Mark.tsx'
import { useFormat } from '../../ui/use-format.ts'
import styles from './AboutPage.module.css'
import { NOTICES } from './notices.ts'

/** What this is, who made its parts, and under which licences. */
export function AboutPage() {
  const { t } = useTranslation('about')
  return (
    <div className={styles['page']}>
      <section className={styles['product']} aria-label={t('title')} data-panel tabIndex={-1}>
        <div className={styles['name']}>
          <Mark size={34} />
          <h2>Tapedeck</h2>
        </div>
        <p className={styles['text']}>{t('what')}</p>
        <Facts />
        <p className={styles['dim']}>{t('noAdvice')}</p>
      </section>
      <section className={styles['notices']} aria-label={t('notices')} data-panel tabIndex={-1}>
        <h2>{t('notices')}</h2>
        <p className={styles['dim']}>{t('noticesText')}</p>
        <ul>
          {NOTICES.map((notice) => (
            <li key={notice.name}>
              <details>
                <summary>
                  <b>{notice.name}</b>
                  <span>{notice.version}</span>
                  <span>{notice.licence}</span>
                </summary>
                {notice.text && (
                  <pre tabIndex={0} aria-label={notice.name}>
                    {notice.text}
                  </pre>
                )}
              </details>
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}

function Facts() {
  const { t } = useTranslation('about')
  const format = useFormat()
  const mode = useMode()?.mode
  const { info } = useSession()
  return (
    <dl className={styles['facts']}>
      <dt>{t('version')}</dt>
      <dd>{info?.version ?? NOT_GIVEN}</dd>
      <dt>{t('host')}</dt>
      <dd>{info ? t(`hostName.${info.host}`) : NOT_GIVEN}</dd>
      <dt>{t('mode')}</dt>
      <dd>{mode ? t(`modeName.${mode}`) : NOT_GIVEN}</dd>
      <dt>{t('started')}</dt>
      <dd>{info ? `${format.dateTime(info.startedAt)} ${format.zoneName(info.startedAt)}` : NOT_GIVEN}</dd>
      <dt>{t('licence')}</dt>
      <dd>Apache-2.0</dd>
      <dt>{t('charts')}</dt>
      <dd>
        {t('chartsText')}{' '}
        <a href="https://www.tradingview.com/" target="_blank" rel="noreferrer">
          tradingview.com
        </a>
      </dd>
    </dl>
  )
}
