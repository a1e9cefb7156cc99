import { KeyRound, Plug } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { session, useSession } from '../../bridge/session.ts'
import { useEngineState } from '../../bridge/shell.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyBlock } from '../../ui/EmptyBlock.tsx'
import { BLOCK_ICON } from '../../ui/icons.ts'
import { Mark } from '../../ui/Mark.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { useNow } from '../../ui/use-now.ts'
import styles from './ConnectionScreen.module.css'

/** The window before the engine's first answer: a moment, or what to do when it does not come. */
export function ConnectionScreen() {
  const { phase } = useSession()
  return (
    <main className={styles['screen']}>
      <div className={styles['name']}>
        <Mark size={34} />
        <h1>Tapedeck</h1>
      </div>
      {phase === 'refused' ? <Refused /> : phase === 'lost' ? <Unreachable /> : <Connecting />}
    </main>
  )
}

const SLOW = 1_000

/** Says nothing in the first second: a start is quicker than that. */
function Connecting() {
  const { t } = useTranslation()
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW)
    return () => clearTimeout(timer)
  }, [])
  if (!slow) return <Spinner label={t('connecting.title')} />
  return (
    <EmptyBlock icon={<Spinner label={t('loading')} />} title={t('connecting.title')} text={t('connecting.text')} />
  )
}

function Unreachable() {
  const { t } = useTranslation()
  const format = useFormat()
  const wait = (useSession().nextAttemptAt ?? 0) - useNow()
  const reason = useEngineState()?.last?.text
  return (
    <EmptyBlock
      tone="warn"
      icon={<Plug {...BLOCK_ICON} />}
      title={t('unreachable.title')}
      text={
        <>
          {reason !== undefined && <code className={styles['command']}>{reason}</code>}
          {wait > 0
            ? t('unreachable.text', { next: format.duration(Math.ceil(wait / 1_000) * 1_000) })
            : t('unreachable.textNow')}
        </>
      }
      actions={
        <Button kind="primary" onClick={session.retry}>
          {t('retry')}
        </Button>
      }
    />
  )
}

function Refused() {
  const { t } = useTranslation()
  return (
    <EmptyBlock
      tone="warn"
      icon={<KeyRound {...BLOCK_ICON} />}
      title={t('refused.title')}
      text={
        <>
          {t('refused.text')}
          <code className={styles['command']}>{t('refused.command')}</code>
          {t('refused.another')}
        </>
      }
      actions={<Button onClick={session.retry}>{t('retry')}</Button>}
    />
  )
}
