import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toFault } from '../../../shared/faults.ts'
import { session } from '../../bridge/session.ts'
import { Button } from '../../ui/Button.tsx'
import { FieldError } from '../../ui/Field.tsx'
import { Input } from '../../ui/Input.tsx'
import styles from './Settings.module.css'

const FEED = 'perplexity'
type KeyState = { readonly set: boolean; readonly kept: 'encrypted' | 'this-run' }

/** A key to write: it goes to the engine and never comes back. Says whether there is one, and how it is kept. */
export function NewsKey() {
  const { t } = useTranslation(['news', 'settings'])
  const id = useId()
  const [state, setState] = useState<KeyState>()
  const [key, setKey] = useState('')
  const [error, setError] = useState<string>()
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

  const save = (next: string) => {
    session.call('items.key.set', { feed: FEED, key: next }).then(
      ({ kept }) => {
        setState({ set: next !== '', kept })
        setKey('')
        setError(undefined)
      },
      (failure: unknown) => setError(toFault(failure).message),
    )
  }
  return (
    <div className={styles['row']}>
      <label className={styles['label']} htmlFor={id}>
        {t('news:settings.key')}
      </label>
      <div className={styles['control']}>
        <form
          className={styles['inline']}
          onSubmit={(event) => {
            event.preventDefault()
            if (key.trim() !== '') save(key.trim())
          }}
        >
          <Input
            id={id}
            type="password"
            autoComplete="new-password"
            maxLength={400}
            value={key}
            placeholder={state?.set ? '••••••••••••' : undefined}
            aria-describedby={`${id}-help`}
            onChange={(event) => setKey(event.target.value)}
          />
          <Button type="submit" disabled={key.trim() === ''}>
            {t('news:settings.keySave')}
          </Button>
          <Button disabled={!state?.set} onClick={() => save('')}>
            {t('news:settings.keyForget')}
          </Button>
        </form>
        {error && <FieldError id={`${id}-error`} text={error} />}
        <span id={`${id}-help`} className={styles['help']}>
          {state &&
            `${t(state.set ? 'news:settings.keySet' : 'news:settings.keyNone')} ${state.set ? t(`news:settings.keyKept.${state.kept}`) : ''} `}
          {t('news:settings.keyHelp')}
        </span>
      </div>
      <span />
    </div>
  )
}
