import { CloudOff, FlaskConical, OctagonAlert, Unplug } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { session, useSession } from '../../bridge/session.ts'
import { classes } from '../../ui/classes.ts'
import { runCommand } from '../../ui/commands.ts'
import { ICON } from '../../ui/icons.ts'
import { useFormat } from '../../ui/use-format.ts'
import { useNow } from '../../ui/use-now.ts'
import styles from './Banner.module.css'
import { DemoBanner } from './DemoBanner.tsx'
import { useNotice } from './notice.ts'

/** The one thing that concerns the whole window: the engine is away, a disk is full, nothing answers, or this is the demo. */
export function Banner() {
  const { t } = useTranslation(['shell', 'faults'])
  const notice = useNotice()
  switch (notice?.kind) {
    case 'lost':
      return <LostBanner />
    case 'fault': {
      const { code } = notice.fault
      return (
        <BannerRow
          tone="bad"
          icon={<OctagonAlert {...ICON} />}
          word={t('shell:banner.fault')}
          action={{ label: t('shell:details'), run: () => runCommand('page.open', 'health') }}
        >
          <span title={notice.fault.message}>{`${t(`faults:${code}.what`)} ${t(`faults:${code}.cure`)}`}</span>
        </BannerRow>
      )
    }
    case 'offline':
      return (
        <BannerRow
          tone="warn"
          icon={<CloudOff {...ICON} />}
          word={t('shell:banner.offline')}
          action={{ label: t('shell:details'), run: () => runCommand('page.open', 'health') }}
        >
          {t('shell:banner.offlineText')}
        </BannerRow>
      )
    case 'demo':
      return <DemoBanner mode={notice.mode} icon={<FlaskConical {...ICON} />} />
    case undefined:
      return undefined
  }
}

/** The engine is away: since when, and when it is tried again. */
export function LostBanner() {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const { since, nextAttemptAt } = useSession()
  const wait = (nextAttemptAt ?? 0) - now
  const times = { age: format.age(now - since), time: format.clock(since) }
  return (
    <BannerRow
      tone="bad"
      alert
      icon={<Unplug {...ICON} />}
      word={t('banner.lost')}
      action={{ label: t('retry'), run: session.retry }}
    >
      {/* Ticking words would be read out each second. */}
      <span aria-hidden>
        {wait > 0
          ? t('banner.lostText', { ...times, next: format.duration(Math.ceil(wait / 1_000) * 1_000) })
          : t('banner.lostTextNow', times)}
      </span>
    </BannerRow>
  )
}

export interface BannerRowProps {
  readonly tone: 'mode' | 'warn' | 'bad'
  readonly icon: ReactNode
  /** In capitals. */
  readonly word: string
  /** Read out when it appears. */
  readonly alert?: boolean
  readonly action?: { readonly label: string; readonly disabled?: boolean; readonly run: () => void } | undefined
  readonly children: ReactNode
}

/** One line under the top bar. */
export function BannerRow({ tone, icon, word, alert = false, action, children }: BannerRowProps) {
  const { t } = useTranslation()
  return (
    <section
      className={classes(styles['banner'], styles[tone])}
      aria-label={t('banner.label')}
      {...(alert ? { role: 'alert' } : {})}
    >
      {icon}
      <b>{word}</b>
      <span className={styles['text']}>{children}</span>
      {action && (
        <button type="button" className={styles['action']} disabled={action.disabled} onClick={action.run}>
          {action.label}
        </button>
      )}
    </section>
  )
}
