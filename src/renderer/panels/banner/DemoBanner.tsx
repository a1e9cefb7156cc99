import type { ReactNode } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Mode } from '../../../shared/engine-view.ts'
import type { Millis } from '../../../shared/market.ts'
import { session } from '../../bridge/session.ts'
import { showFault } from '../../ui/show-fault.ts'
import type { Format } from '../../ui/use-format.ts'
import { useFormat } from '../../ui/use-format.ts'
import { useNow } from '../../ui/use-now.ts'
import { BannerRow } from './Banner.tsx'

/** Why the market is simulated, and the way to the real one. */
export function DemoBanner({ mode, icon }: { readonly mode: Mode; readonly icon: ReactNode }) {
  const { t } = useTranslation()
  const text = useDemoText(mode, useFormat(), useNow())
  const [trying, setTrying] = useState(false)
  const reachable = (mode.probe?.answered.length ?? 0) > 0

  const attempt = async () => {
    setTrying(true)
    try {
      if (reachable) await session.call('mode.switch', { to: 'live' })
      else await session.call('mode.probe', {})
    } catch (error) {
      showFault('mode', error)
    } finally {
      setTrying(false)
    }
  }

  return (
    <BannerRow
      tone="mode"
      icon={icon}
      word={t('demo')}
      action={{
        label: t(trying ? 'banner.trying' : reachable ? 'banner.switchToLive' : 'banner.tryNow'),
        disabled: trying,
        run: () => void attempt(),
      }}
    >
      {text}
    </BannerRow>
  )
}

function useDemoText({ reason, probe }: Mode, format: Format, now: Millis): string {
  const { t } = useTranslation()
  if (probe && probe.answered.length > 0)
    return t('banner.demoReachable', { answered: probe.answered.length, tried: probe.tried.length })
  if (reason === 'asked') return t('banner.demoAsked')
  if (probe?.lastAt === undefined) return t('banner.demoTrying')
  const values = {
    answered: probe.answered.length,
    tried: probe.tried.length,
    ago: format.duration(Math.max(1_000, now - probe.lastAt)),
  }
  const wait = (probe.nextAt ?? 0) - now
  return wait > 0
    ? t('banner.demoUnreachable', { ...values, next: format.duration(Math.ceil(wait / 1_000) * 1_000) })
    : t('banner.demoUnreachableNow', values)
}
