import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { InstrumentKey } from '../../shared/market.ts'
import { pairOf } from '../../shared/market.ts'
import { toFault } from '../../shared/faults.ts'
import { faultLine } from '../ui/fault-text.ts'
import { closeToast, showToast } from '../ui/toasts.ts'
import { watchlist } from './market.ts'

export interface WatchlistActions {
  add(key: InstrumentKey): void
  /** Takes it off; a notice offers the way back. */
  remove(key: InstrumentKey): void
  /** Moves it to the place of another. False when that was refused, which a notice has told. */
  move(key: InstrumentKey, to: InstrumentKey): Promise<boolean>
}

const NOTICE = 'watchlist'

/** Changes of the watch list with their notices. What is refused says why. */
export function useWatchlistActions(): WatchlistActions {
  const { t } = useTranslation('market')
  return useMemo(() => {
    const refused = (error: unknown) =>
      showToast({ id: NOTICE, tone: 'fault', title: t('watchlist.full'), text: faultLine(toFault(error)) })
    return {
      add: (key) => void watchlist.add([key]).catch(refused),
      move: (key, to) =>
        watchlist.move(key, to).then(
          () => true,
          (error: unknown) => {
            refused(error)
            return false
          },
        ),
      remove(key) {
        watchlist.remove([key]).then((undo) => {
          const run = () => {
            closeToast(NOTICE)
            undo().catch(refused)
          }
          showToast({
            id: NOTICE,
            tone: 'done',
            title: t('watchlist.removed', { name: pairOf(key) }),
            text: t('watchlist.removedText'),
            action: { label: t('watchlist.undo'), run },
          })
        }, refused)
      },
    }
  }, [t])
}
