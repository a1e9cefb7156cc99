import { Check, Download, OctagonAlert, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { Button } from './Button.tsx'
import { classes } from './classes.ts'
import { IconButton } from './IconButton.tsx'
import { ProgressBar } from './ProgressBar.tsx'
import type { Toast } from './toasts.ts'
import { closeToast, toastStore } from './toasts.ts'
import styles from './Toasts.module.css'

const ICONS = { done: Check, fault: OctagonAlert, running: Download } as const

/** The notices on screen. Ears hear of finished jobs and faults, not of progress. */
export function Toasts() {
  const toasts = useStore(toastStore, (state) => state.toasts)
  return (
    <div className={styles['stack']}>
      {toasts.map((toast) => (
        <ToastView key={toast.id} toast={toast} />
      ))}
    </div>
  )
}

function ToastView({ toast }: { readonly toast: Toast }) {
  const { t } = useTranslation()
  const Icon = ICONS[toast.tone]
  const close = () => {
    toast.onClose?.()
    closeToast(toast.id)
  }
  return (
    <div
      className={classes(styles['toast'], styles[toast.tone])}
      {...(toast.tone === 'running' ? {} : { role: toast.tone === 'fault' ? 'alert' : 'status' })}
    >
      <Icon size={16} strokeWidth={1.5} aria-hidden className={styles['icon']} />
      <div className={styles['words']}>
        <b>{toast.title}</b>
        {toast.text && <span className={styles['text']}>{toast.text}</span>}
        {toast.progress !== undefined && <ProgressBar label={toast.title} value={toast.progress} />}
        {toast.action && (
          <Button size="small" className={styles['action']} onClick={toast.action.run}>
            {toast.action.label}
          </Button>
        )}
      </div>
      <IconButton
        size="small"
        label={t('close')}
        icon={<X size={14} strokeWidth={1.5} aria-hidden />}
        onClick={close}
      />
    </div>
  )
}
