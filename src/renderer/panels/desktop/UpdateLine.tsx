import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { UpdateState } from '../../../shared/shell-contract.ts'
import { askShell, followShell } from '../../bridge/shell.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './Desktop.module.css'

/** How the update stands, and the one thing to do about it. */
export function UpdateLine() {
  const { t } = useTranslation('desktop')
  const [update, setUpdate] = useState<UpdateState>({ state: 'off' })
  useEffect(() => followShell('update', {}, setUpdate), [])
  const values = {
    version: 'version' in update ? update.version : '',
    percent: 'share' in update ? Math.round(update.share * 100) : 0,
    message: 'message' in update ? update.message : '',
  }
  const busy = update.state === 'checking' || update.state === 'downloading'
  return (
    <div className={styles['line']} role="status">
      {t(`updateState.${update.state}`, values)}
      {update.state === 'ready' ? (
        <Button size="small" onClick={() => void askShell('update.install', {})}>
          {t('updateInstall')}
        </Button>
      ) : (
        <Button size="small" disabled={busy} onClick={() => void askShell('update.check', {})}>
          {t('updateCheck')}
        </Button>
      )}
    </div>
  )
}
