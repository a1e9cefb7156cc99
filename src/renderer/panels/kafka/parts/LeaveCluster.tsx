import type { ReactNode } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCluster } from '../../../bridge/kafka-store.ts'
import { useFormat } from '../../../ui/use-format.ts'
import { isBehind } from '../overview/outbox-story.ts'
import { ConfirmDialog } from './ConfirmDialog.tsx'

export interface LeaveCluster {
  /** Runs what ends sending to the cluster in use: at once, or, where records wait for it, when that was confirmed. */
  readonly leave: (run: () => Promise<void>) => void
  /** To be rendered by whoever calls `leave`. */
  readonly dialog: ReactNode
}

/** Asks before records that wait for the cluster in use are given up: whoever leaves it owes it nothing any more. */
export function useLeaveCluster(): LeaveCluster {
  const { t } = useTranslation('kafka')
  const format = useFormat()
  const cluster = useCluster((all) => all)
  const [asked, setAsked] = useState<{ readonly run: () => Promise<void>; readonly records: number }>()
  const name = cluster?.profile?.name ?? ''
  return {
    leave(run) {
      const outbox = cluster?.outbox
      if (outbox && isBehind(outbox, Date.now())) setAsked({ run, records: outbox.records })
      else void run()
    },
    dialog: asked && (
      <ConfirmDialog
        title={t('leave.title', { name })}
        label={t('leave.run')}
        onConfirm={asked.run}
        onClose={() => setAsked(undefined)}
      >
        <p>{t('leave.text', { records: format.count(asked.records), name })}</p>
      </ConfirmDialog>
    ),
  }
}
