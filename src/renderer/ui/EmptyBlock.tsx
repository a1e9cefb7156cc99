import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import styles from './EmptyBlock.module.css'

export interface EmptyBlockProps {
  /** 22 px. */
  readonly icon: ReactNode
  /** Empty: there is nothing to say yet, something loads. */
  readonly title: string
  readonly text?: ReactNode
  readonly tone?: 'plain' | 'warn' | 'bad'
  readonly actions?: ReactNode
}

/** A place with nothing in it, or in trouble: what it is, what to do, one action. */
export function EmptyBlock({ icon, title, text, tone = 'plain', actions }: EmptyBlockProps) {
  return (
    <div className={classes(styles['block'], styles[tone])}>
      <span className={styles['icon']}>{icon}</span>
      {title !== '' && <h3 className={styles['title']}>{title}</h3>}
      {text !== undefined && <p className={styles['text']}>{text}</p>}
      {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
    </div>
  )
}
