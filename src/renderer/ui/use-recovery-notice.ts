/** Says when the engine is back, and how long it was away. */

import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Millis } from '../../shared/market.ts'
import { session } from '../bridge/session.ts'
import { showToast } from './toasts.ts'
import { useFormat } from './use-format.ts'

export function useRecoveryNotice(): void {
  const { t } = useTranslation()
  const { duration } = useFormat()
  useEffect(() => {
    let lostAt: Millis | undefined
    return session.subscribe(() => {
      const { phase, since, info } = session.state()
      if (phase === 'ready' && lostAt !== undefined) {
        const text = t('banner.recoveredText', { length: duration(since - lostAt) })
        showToast({ id: 'recovered', tone: 'done', title: t('banner.recovered'), text })
      }
      lostAt = phase === 'ready' || info === undefined ? undefined : (lostAt ?? since)
    })
  }, [t, duration])
}
