/** What happens to the whole app, told once: the engine ended, the computer woke, an update is ready. */

import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { EngineState } from '../../shared/shell-contract.ts'
import { session } from '../bridge/session.ts'
import { askShell, followShell } from '../bridge/shell.ts'
import { faultLine } from './fault-text.ts'
import { closeToast, showToast } from './toasts.ts'
import { useFormat } from './use-format.ts'

export function useNotices(): void {
  const { t } = useTranslation('desktop')
  const { duration } = useFormat()
  useEffect(
    () =>
      session.open('notices', {}, ({ at, since }) => {
        const text = t('wokeText', { length: duration(at - since) })
        showToast({ id: 'woke', tone: 'done', title: t('woke'), text })
      }),
    [t, duration],
  )
  useEffect(() => {
    let known: EngineState | undefined
    return followShell('engine', {}, (state) => {
      const ended = known !== undefined && state.ends > known.ends
      known = state
      if (!ended) return
      const failed = state.phase === 'failed'
      const { fault, code } = state.last ?? {}
      showToast({
        id: 'engine-ended',
        tone: 'fault',
        title: t(failed ? 'engineFailed' : 'engineEnded'),
        text: t(failed ? 'engineFailedText' : 'engineEndedText', {
          reason: fault ? faultLine(fault) : t('engineCode', { code }),
        }),
      })
    })
  }, [t])
  useEffect(
    () =>
      followShell('update', {}, (update) => {
        if (update.state !== 'ready') return
        const install = () => {
          closeToast('update')
          void askShell('update.install', {})
        }
        showToast({
          id: 'update',
          tone: 'running',
          title: t('updateReady', { version: update.version }),
          text: t('updateReadyText'),
          action: { label: t('updateInstall'), run: install },
        })
      }),
    [t],
  )
}
