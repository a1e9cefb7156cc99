import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { session } from '../../bridge/session.ts'
import { useMode } from '../../bridge/health-store.ts'
import { Button } from '../../ui/Button.tsx'
import { runCommand } from '../../ui/commands.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Mark } from '../../ui/Mark.tsx'
import { showFault } from '../../ui/show-fault.ts'
import { openKafka } from '../kafka/kafka-view.ts'
import { LookStep } from './LookStep.tsx'
import { MarketStep } from './MarketStep.tsx'
import type { Places } from './PlaceStep.tsx'
import { PlaceStep } from './PlaceStep.tsx'
import styles from './Welcome.module.css'

const STEPS = ['look', 'markets', 'data'] as const

/** Three short choices over an app that already runs. Every one can be left as it is, and changed later in the settings. */
export function Welcome({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('welcome')
  const mode = useMode()?.mode ?? 'live'
  const [index, setIndex] = useState(0)
  const [chosen, setChosen] = useState<Partial<Places>>({})
  const places: Places = { source: mode, log: 'built-in', ...chosen }
  const step = STEPS[index] ?? 'look'
  const last = index === STEPS.length - 1
  const finish = () => {
    onClose()
    if (places.log === 'cluster') {
      openKafka('connect')
      runCommand('page.open', 'kafka')
    }
    if (places.source !== mode)
      session.call('mode.switch', { to: places.source }).catch((error: unknown) => {
        showFault('welcome', error)
      })
  }
  return (
    <Dialog
      title={t('title')}
      icon={<Mark size={22} />}
      width={620}
      onClose={onClose}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t('skip')}
          </Button>
          <span className={styles['count']}>{t('step', { step: index + 1, steps: STEPS.length })}</span>
          {index > 0 && <Button onClick={() => setIndex(index - 1)}>{t('back')}</Button>}
          <Button kind="primary" onClick={last ? finish : () => setIndex(index + 1)}>
            {t(last ? 'done' : 'next')}
          </Button>
        </>
      }
    >
      <div className={styles['body']}>
        {index === 0 && <p className={styles['lead']}>{t('lead')}</p>}
        <h3 className={styles['step']}>{t(step)}</h3>
        {step === 'look' && <LookStep />}
        {step === 'markets' && <MarketStep />}
        {step === 'data' && <PlaceStep places={places} onChange={(change) => setChosen({ ...chosen, ...change })} />}
      </div>
    </Dialog>
  )
}
