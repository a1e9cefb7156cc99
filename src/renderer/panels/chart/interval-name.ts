import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Millis } from '../../../shared/market.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../shared/market.ts'

const UNITS = [
  ['d', DAY],
  ['h', HOUR],
  ['m', MINUTE],
  ['s', SECOND],
] as const

/** Names an interval: '15s', '1m'; in Korean '15초', '1분'. */
export function useIntervalName(): (interval: Millis) => string {
  const { t } = useTranslation('market')
  return useCallback(
    (interval) => {
      const [unit, length] = UNITS.find(([, length]) => interval % length === 0) ?? ['s', SECOND]
      return `${interval / length}${t(`chart.units.${unit}`)}`
    },
    [t],
  )
}
