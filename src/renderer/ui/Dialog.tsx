import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './Dialog.module.css'
import { IconButton } from './IconButton.tsx'

export interface DialogProps {
  readonly title: ReactNode
  readonly icon?: ReactNode
  readonly width: number
  readonly onClose: () => void
  readonly footer?: ReactNode
  readonly children: ReactNode
}

const FIRST = '[data-first-focus], [data-body] :is(button, input, select):not(:disabled):not([tabindex="-1"])'

/** A modal dialog. Opens when it is put on screen; Escape and the cross close it; focus goes back to where it was. */
export function Dialog({ title, icon, width, onClose, footer, children }: DialogProps) {
  const { t } = useTranslation()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    const before = document.activeElement
    element?.showModal()
    // The first thing to do is what the dialog is about, not the cross that closes it.
    ;(element?.querySelector<HTMLElement>(FIRST) ?? element)?.focus()
    return () => {
      element?.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      tabIndex={-1}
      className={styles['dialog']}
      style={{ width }}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <header className={styles['head']}>
        {icon}
        <h2 id={id} className={styles['title']}>
          {title}
        </h2>
        <IconButton label={t('close')} icon={<X size={16} strokeWidth={1.5} aria-hidden />} onClick={onClose} />
      </header>
      <div className={styles['body']} data-body>
        {children}
      </div>
      {footer && <footer className={styles['foot']}>{footer}</footer>}
    </dialog>
  )
}
