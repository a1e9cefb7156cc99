import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { session } from '../../bridge/session.ts'
import { SecretRow } from './SecretRow.tsx'

const FEED = 'perplexity'
type KeyState = { readonly set: boolean; readonly kept: 'encrypted' | 'this-run' }

/** The key of the feed that asks Perplexity. */
export function NewsKey() {
  const { t } = useTranslation('news')
  const [state, setState] = useState<KeyState>()
  useEffect(() => {
    let left = false
    session.call('items.key.state', { feed: FEED }).then(
      (known) => !left && setState(known),
      () => undefined, // asked again when the page opens again
    )
    return () => {
      left = true
    }
  }, [])

  const standing =
    state && (state.set ? [t('settings.keySet'), t(`settings.keyKept.${state.kept}`)] : [t('settings.keyNone')])
  return (
    <SecretRow
      label={t('settings.key')}
      help={[...(standing ?? []), t('settings.keyHelp')].join(' ')}
      isSet={state?.set ?? false}
      save={async (key) => {
        const { kept } = await session.call('items.key.set', { feed: FEED, key })
        setState({ set: key !== '', kept })
      }}
    />
  )
}
