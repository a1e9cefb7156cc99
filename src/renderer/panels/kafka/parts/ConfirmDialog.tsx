import type { ReactNode } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { act } from './act.ts'
import styles from './parts.module.css'

export interface ConfirmDialogProps {
  readonly title: string
  /** The consequence, in words. */
  readonly children: ReactNode
  /** What the button does: "Delete the topic". */
  readonly label: string
  /** Not yet: a name is still to be typed. */
  readonly blocked?: boolean
  readonly onConfirm: () => Promise<void>
  readonly onClose: () => void
}

/** Asks before something that cannot be taken back, with its consequence in words. Closes when it went well. */
export function ConfirmDialog({ title, children, label, blocked = false, onConfirm, onClose }: ConfirmDialogProps) {
  const { t } = useTranslation()
  const [running, setRunning] = useState(false)
  const confirm = async () => {
    setRunning(true)
    const done = await act('kafka-confirm', onConfirm)
    setRunning(false)
    if (done) onClose()
  }
  return (
    <Dialog
      width={460}
      title={title}
      onClose={onClose}
      footer={
        <>
          <span className={styles['space']} />
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind="risky" disabled={blocked || running} onClick={() => void confirm()}>
            {label}
          </Button>
        </>
      }
    >
      <div className={styles['form']}>{children}</div>
    </Dialog>
  )
}
