import type { ReactNode } from 'react'
import { Page } from '../../ui/Page.tsx'
import styles from './Settings.module.css'

export interface SettingsFrameProps {
  readonly title: string
  readonly note?: string
  readonly left: ReactNode
  readonly right: ReactNode
}

/** A page of sections in two columns. */
export function SettingsFrame({ title, note, left, right }: SettingsFrameProps) {
  return (
    <Page title={title} note={note}>
      <div className={styles['columns']}>
        <div className={styles['column']}>{left}</div>
        <div className={styles['column']}>{right}</div>
      </div>
    </Page>
  )
}

export interface SectionProps {
  readonly title: string
  readonly text?: string
  readonly children: ReactNode
}

/** Settings that belong together. */
export function Section({ title, text, children }: SectionProps) {
  return (
    <section aria-label={title} data-panel tabIndex={-1} className={styles['section']}>
      <h3>{title}</h3>
      {text && <p className={styles['text']}>{text}</p>}
      {children}
    </section>
  )
}
