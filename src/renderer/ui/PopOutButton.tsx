import { SquareArrowOutUpRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { InstrumentKey } from '../../shared/market.ts'
import type { Pane } from '../../shared/shell-contract.ts'
import { pane as ownPane } from '../pane.ts'
import { IconButton } from './IconButton.tsx'
import { SMALL_ICON } from './icons.ts'
import { popOut } from './pop-out.ts'

/** Opens a panel for this market in a window of its own. Such a window has none of these. */
export function PopOutButton({ pane, instrument }: { readonly pane: Pane; readonly instrument: InstrumentKey }) {
  const { t } = useTranslation('desktop')
  if (ownPane) return undefined
  return (
    <IconButton
      size="small"
      label={t('popOut')}
      icon={<SquareArrowOutUpRight {...SMALL_ICON} />}
      onClick={() => popOut({ pane, instrument })}
    />
  )
}
