import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import { stepIndex } from './roving.ts'
import styles from './Tabs.module.css'

export interface Tab<V extends string> {
  readonly value: V
  readonly label: string
  /** A number beside the label, dimmed. */
  readonly count?: number | undefined
}

export interface TabsProps<V extends string> {
  readonly label: string
  /** Ids of tab and panel are `<id>-tab-<value>` and `<id>-panel-<value>`. */
  readonly id: string
  readonly value: V
  readonly tabs: readonly Tab<V>[]
  readonly onChange: (value: V) => void
  readonly size?: 'normal' | 'page'
}

/** A row of tabs: one stop for Tab, arrows move and open. */
export function Tabs<V extends string>({ label, id, value, tabs, onChange, size = 'normal' }: TabsProps<V>) {
  const onKeyDown = (event: React.KeyboardEvent<HTMLDivElement>) => {
    if (event.ctrlKey || event.metaKey) return
    const index = tabs.findIndex((tab) => tab.value === value)
    const next = stepIndex(event.key, index, tabs.length)
    const tab = next === undefined ? undefined : tabs[next]
    if (!tab || next === undefined) return
    event.preventDefault()
    event.currentTarget.querySelectorAll('button')[next]?.focus()
    onChange(tab.value)
  }
  return (
    <div role="tablist" aria-label={label} className={classes(styles['tabs'], styles[size])} onKeyDown={onKeyDown}>
      {tabs.map((tab) => (
        <button
          key={tab.value}
          type="button"
          role="tab"
          id={`${id}-tab-${tab.value}`}
          aria-controls={`${id}-panel-${tab.value}`}
          aria-selected={tab.value === value}
          tabIndex={tab.value === value ? 0 : -1}
          className={classes(styles['tab'], tab.value === value && styles['selected'])}
          onClick={() => onChange(tab.value)}
        >
          {tab.label}
          {tab.count !== undefined && <span className={styles['count']}>{tab.count}</span>}
        </button>
      ))}
    </div>
  )
}

export interface TabPanelProps {
  readonly id: string
  readonly value: string
  readonly className?: string | undefined
  readonly children: ReactNode
}

/** What a tab opens. */
export function TabPanel({ id, value, className, children }: TabPanelProps) {
  return (
    <div role="tabpanel" id={`${id}-panel-${value}`} aria-labelledby={`${id}-tab-${value}`} className={className}>
      {children}
    </div>
  )
}
