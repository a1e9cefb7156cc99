import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { ChartCandlestick } from 'lucide-react'
import { Chart } from '../../chart/Chart.tsx'
import { focus, useFocus, useInstrument, useTicker } from '../../market/market.ts'
import { nameOf, priceDecimals } from '../../market/values.ts'
import type { InstrumentKey } from '../../../shared/market.ts'
import { venueOf } from '../../../shared/market.ts'
import { Button } from '../../ui/Button.tsx'
import { runCommand } from '../../ui/commands.ts'
import { EmptyBlock } from '../../ui/EmptyBlock.tsx'
import { BLOCK_ICON } from '../../ui/icons.ts'
import { Panel } from '../../ui/Panel.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { MarketHead } from '../head/MarketHead.tsx'
import { ChartTools } from './ChartTools.tsx'
import { useIntervalName } from './interval-name.ts'
import { useVenueName } from '../../market/venue-name.ts'

/** The focused market: head, interval switch, chart and gap ledger. */
export function ChartPanel() {
  const { t } = useTranslation('market')
  const instrument = useFocus()
  return (
    <Panel label={t('chart.title')}>
      {instrument === undefined ? <NoMarket /> : <Market key={instrument} instrument={instrument} />}
    </Panel>
  )
}

function Market({ instrument }: { readonly instrument: InstrumentKey }) {
  const { t } = useTranslation('market')
  const { language } = useFormat()
  const interval = useStore(focus, (state) => state.interval)
  const known = useInstrument(instrument)
  const last = useTicker(instrument)?.last
  const intervalName = useIntervalName()
  const venueName = useVenueName()
  const decimals = priceDecimals(known, last)
  const { name } = nameOf(instrument, known, language)
  return (
    <>
      <MarketHead instrument={instrument} />
      <ChartTools />
      <Chart
        instrument={instrument}
        interval={interval}
        decimals={decimals}
        tick={Number(known?.tickSize ?? 10 ** -decimals)}
        label={t('chart.label', { name, venue: venueName(venueOf(instrument)), interval: intervalName(interval) })}
      />
    </>
  )
}

function NoMarket() {
  const { t } = useTranslation('market')
  return (
    <EmptyBlock
      icon={<ChartCandlestick {...BLOCK_ICON} />}
      title={t('head.choose')}
      actions={
        <Button kind="primary" onClick={() => runCommand('search.open')}>
          {t('search.title')}
        </Button>
      }
    />
  )
}
