import { X } from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { TRAY_VALUES } from '../../../shared/desktop-settings.ts'
import { pairOf, venueOf } from '../../../shared/market.ts'
import type { InstrumentKey } from '../../../shared/market.ts'
import { useWatchlist } from '../../market/market.ts'
import { useVenueName } from '../../market/venue-name.ts'
import { Select } from '../../ui/Select.tsx'
import { SettingRow } from '../settings/SettingRow.tsx'
import type { Setting } from '../settings/use-setting.ts'
import styles from './Desktop.module.css'

export interface TrayRowProps {
  readonly setting: Setting<string[] | null>
  readonly help: string
}

/** Which markets' prices stand in the tray: one to four of the watch list. */
export function TrayRow({ setting, help }: TrayRowProps) {
  const { t } = useTranslation('desktop')
  const id = useId()
  const venueName = useVenueName()
  const watchlist = useWatchlist() ?? []
  const chosen = (setting.value ?? watchlist.slice(0, 1)) as readonly InstrumentKey[]
  const others = watchlist.filter((market) => !chosen.includes(market))
  const nameOf = (market: InstrumentKey) => `${pairOf(market)} · ${venueName(venueOf(market))}`
  return (
    <SettingRow id={id} label={t('tray')} help={help} setting={setting}>
      {chosen.length > 0 && (
        <ul className={styles['chosen']}>
          {chosen.map((market) => (
            <li key={market}>
              {nameOf(market)}
              <button
                type="button"
                aria-label={t('trayRemove', { market: nameOf(market) })}
                disabled={setting.locked || chosen.length === 1}
                onClick={() => setting.save(chosen.filter((other) => other !== market))}
              >
                <X size={12} strokeWidth={1.75} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <Select
        id={id}
        size="small"
        value=""
        disabled={setting.locked || chosen.length >= TRAY_VALUES || others.length === 0}
        options={[
          { value: '', label: t('trayAdd') },
          ...others.map((market) => ({ value: market as string, label: nameOf(market) })),
        ]}
        onChange={(market) => market !== '' && setting.save([...chosen, market])}
      />
    </SettingRow>
  )
}
