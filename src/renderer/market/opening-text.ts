import { useTranslation } from 'react-i18next'
import type { Millis } from '../../shared/market.ts'
import { useFormat } from '../ui/use-format.ts'
import { useNow } from '../ui/use-now.ts'
import { nearDay } from './near-day.ts'

/** When a market opens: short, 'closed, opens Tue 08:30 KST', and the whole time for a tooltip. Undefined where it is not known. */
export function useOpeningText(
  opensAt: Millis | undefined,
): { readonly text: string; readonly whole: string } | undefined {
  const { t } = useTranslation('market')
  const format = useFormat()
  const now = useNow()
  if (opensAt === undefined) return undefined
  const zone = format.zoneName(opensAt)
  const time = `${format.minute(opensAt)} ${zone}`
  const day = nearDay(opensAt, now, format.zone, format.language)
  const at = typeof day === 'string' ? t(`head.${day}`, { time }) : `${day.name} ${time}`
  return {
    text: t('head.opens', { at }),
    whole: t('head.opens', { at: `${format.dateTime(opensAt)} ${zone}` }),
  }
}
