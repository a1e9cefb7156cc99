import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import styles from './Panel.module.css'

export interface PanelProps {
  /** Its name as a landmark; F6 goes from panel to panel. */
  readonly label: string
  /** What stands in the head: a PanelTitle or Tabs. Absent: no head. */
  readonly head?: ReactNode
  /** At the right of the head. */
  readonly actions?: ReactNode
  readonly className?: string | undefined
  readonly children: ReactNode
}

/** A surface with a head of 32 px. Panels touch; the line between them is their container's background. */
export function Panel({ label, head, actions, className, children }: PanelProps) {
  return (
    <section aria-label={label} data-panel tabIndex={-1} className={classes(styles['panel'], className)}>
      {head !== undefined && (
        <div className={styles['head']}>
          {head}
          {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
        </div>
      )}
      {children}
    </section>
  )
}

/** The name of a panel that has no tabs. */
export function PanelTitle({ children }: { readonly children: ReactNode }) {
  return <h2 className={styles['title']}>{children}</h2>
}
