import type { ReactNode } from 'react'
import styles from './Page.module.css'

export interface PageProps {
  readonly title: string
  /** Beside the title: a text, or a chip. */
  readonly note?: ReactNode
  /** At the right of the head. */
  readonly actions?: ReactNode
  /** One element: it fills the rest. */
  readonly children: ReactNode
}

/** A page of the window: its name in a head of 48 px, and what it is for. */
export function Page({ title, note, actions, children }: PageProps) {
  return (
    <div className={styles['page']}>
      <header className={styles['head']}>
        <h2>{title}</h2>
        {note !== undefined && <span className={styles['note']}>{note}</span>}
        {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
      </header>
      {children}
    </div>
  )
}
