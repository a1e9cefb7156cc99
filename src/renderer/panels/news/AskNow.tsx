import { RefreshCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { toFault } from '../../../shared/faults.ts'
import type { ItemFeedState } from '../../../shared/items-contract.ts'
import { session } from '../../bridge/session.ts'
import { faultLine } from '../../ui/fault-text.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { SMALL_ICON } from '../../ui/icons.ts'
import { showToast } from '../../ui/toasts.ts'
import { useFeedName } from './feed-states.ts'

/** Asks a feed before its time. Not there while it is not asked at all; where it must wait, a notice says how long. */
export function AskNow({ state }: { readonly state: ItemFeedState }) {
  const { t } = useTranslation('news')
  const name = useFeedName(state)
  if (state.state === 'off' || state.state === 'keyless') return undefined
  const { feed, url } = state
  const ask = () => {
    session.call('items.refresh', { feed, ...(url === undefined ? {} : { url }) }).catch((error: unknown) => {
      showToast({ id: `news ${feed}`, tone: 'fault', title: name, text: faultLine(toFault(error)) })
    })
  }
  return <IconButton size="small" label={t('refresh', { name })} icon={<RefreshCw {...SMALL_ICON} />} onClick={ask} />
}
