import { ChartCandlestick } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageRow } from '../../../../shared/kafka-view.ts'
import { session } from '../../../bridge/session.ts'
import { showInChart } from '../../../chart/marked.ts'
import { Button } from '../../../ui/Button.tsx'
import { SMALL_ICON } from '../../../ui/icons.ts'
import { showFault } from '../../../ui/show-fault.ts'
import { showToast } from '../../../ui/toasts.ts'

/** From a record back to its candle: the chart of its market, at its second. */
export function ShowInChart({ row: { topic, partition, offset } }: { readonly row: MessageRow }) {
  const { t } = useTranslation('trace')
  const [asking, setAsking] = useState(false)
  const show = async () => {
    setAsking(true)
    try {
      const found = await session.call('trace.record', { topic, partition, offset })
      if (found) showInChart(found.instrument, found.at)
      else showToast({ id: 'show-in-chart', tone: 'fault', title: t('noPlace'), text: t('noPlaceText') })
    } catch (error) {
      showFault('show-in-chart', error)
    }
    setAsking(false)
  }
  return (
    <Button size="small" icon={<ChartCandlestick {...SMALL_ICON} />} disabled={asking} onClick={() => void show()}>
      {t('showInChart')}
    </Button>
  )
}
