import { X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/IconButton.tsx'
import { SMALL_ICON } from '../../ui/icons.ts'
import { Panel, PanelTitle } from '../../ui/Panel.tsx'
import { CandleTrades } from './CandleTrades.tsx'
import type { Traced } from './trace-store.ts'
import { closeTrace } from './trace-store.ts'
import styles from './Trace.module.css'
import { TradeWay } from './TradeWay.tsx'

/** Where one trade went, hop by hop, beside the chart and the tape it was picked from. */
export function TraceDrawer({ traced }: { readonly traced: Traced }) {
  const { t } = useTranslation('trace')
  const { instrument, candle, trade } = traced
  const drawer = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Who came by keyboard goes on there; a click leaves the focus where it is.
    if (document.activeElement?.matches(':focus-visible'))
      drawer.current?.querySelector<HTMLElement>('[data-panel]')?.focus()
  }, [])
  return (
    <div
      ref={drawer}
      className={styles['drawer']}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        closeTrace()
      }}
    >
      <Panel
        label={t('title')}
        className={styles['panel']}
        head={<PanelTitle>{t('title')}</PanelTitle>}
        actions={<IconButton size="small" label={t('close')} icon={<X {...SMALL_ICON} />} onClick={closeTrace} />}
      >
        {candle && <CandleTrades key={`${candle.from} ${candle.to}`} candle={candle} picked={trade} />}
        {trade && <TradeWay key={`${instrument} ${trade.id}`} instrument={instrument} trade={trade} />}
      </Panel>
    </div>
  )
}
