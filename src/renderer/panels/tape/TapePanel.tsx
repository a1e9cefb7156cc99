import { Pause, Play, ReceiptText } from 'lucide-react'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { tape, useFocus } from '../../market/market.ts'
import { useUnits } from '../../market/units.ts'
import type { InstrumentKey } from '../../../shared/market.ts'
import { TRADELESS, venueOf } from '../../../shared/market.ts'
import { EmptyBlock } from '../../ui/EmptyBlock.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { BLOCK_ICON, SMALL_ICON } from '../../ui/icons.ts'
import { Panel, PanelTitle } from '../../ui/Panel.tsx'
import { PopOutButton } from '../../ui/PopOutButton.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { useNow } from '../../ui/use-now.ts'
import styles from './Tape.module.css'
import { TapeRows } from './TapeRows.tsx'
import { useTape } from './use-tape.ts'
import { VenueNotice } from './VenueNotice.tsx'

/** Time and sales of the focused market. Stands still while it is pointed at, scrolled or paused, and says what it holds back. */
export function TapePanel() {
  const { t } = useTranslation('market')
  const instrument = useFocus()
  return instrument === undefined ? (
    <Panel label={t('tape.title')} head={<PanelTitle>{t('tape.title')}</PanelTitle>}>
      <EmptyBlock icon={<ReceiptText {...BLOCK_ICON} />} title={t('tape.noMarket')} />
    </Panel>
  ) : (
    <MarketTape key={instrument} instrument={instrument} />
  )
}

function MarketTape({ instrument }: { readonly instrument: InstrumentKey }) {
  const { t } = useTranslation('market')
  const format = useFormat()
  const now = useNow()
  const [paused, setPaused] = useState(false)
  const [held, setHeld] = useState(false)
  const { lines, fresh } = useTape(tape, paused || held)
  const { base, quote } = useUnits(instrument)
  const isTradeless = TRADELESS.has(venueOf(instrument))
  const why = isTradeless
    ? { title: t('tape.none'), text: t('tape.noneText') }
    : { title: t('tape.empty'), text: t('tape.emptyText') }
  const toggle = useCallback(() => setPaused((now) => !now), [])
  const inColumn = format.krwUnits === 'man-eok' ? t('tape.valueMan') : t('tape.valueM')
  return (
    <Panel
      label={t('tape.title')}
      head={<PanelTitle>{t('tape.title')}</PanelTitle>}
      actions={
        <>
          {(paused || held) && fresh > 0 && (
            <span className={styles['paused']}>{t('tape.paused', { value: format.count(fresh) })}</span>
          )}
          <IconButton
            size="small"
            label={t(paused ? 'tape.resume' : 'tape.pause')}
            pressed={paused}
            icon={paused ? <Play {...SMALL_ICON} /> : <Pause {...SMALL_ICON} />}
            onClick={toggle}
          />
          <PopOutButton pane="tape" instrument={instrument} />
        </>
      }
    >
      <VenueNotice instrument={instrument} />
      <div className={styles['head']} aria-hidden>
        <span>{t('tape.time', { zone: format.zoneName(now) })}</span>
        <span>{t('tape.price', { quote })}</span>
        <span>{t('tape.size', { base })}</span>
        <span>{quote === 'KRW' ? inColumn : t('tape.value')}</span>
      </div>
      {isTradeless || (lines.length === 0 && tape.loaded()) ? (
        <EmptyBlock icon={<ReceiptText {...BLOCK_ICON} />} {...why} />
      ) : (
        <TapeRows instrument={instrument} lines={lines} onHold={setHeld} onToggle={toggle} />
      )}
    </Panel>
  )
}
