/** The pages that are parts of their own: the first chart does not wait for them. */

import type { ComponentType, ReactNode } from 'react'
import { lazy, Suspense } from 'react'
import styles from './App.module.css'
import type { PageId } from './ui/commands.ts'

const LOADS: Readonly<Record<Exclude<PageId, 'trade'>, () => Promise<ComponentType>>> = {
  news: async () => (await import('./panels/news/NewsPage.tsx')).NewsPage,
  kafka: async () => (await import('./panels/kafka/KafkaPage.tsx')).KafkaPage,
  health: async () => (await import('./panels/health/HealthPage.tsx')).HealthPage,
  data: async () => (await import('./panels/settings/DataPage.tsx')).DataPage,
  settings: async () => (await import('./panels/settings/SettingsPage.tsx')).SettingsPage,
  about: async () => (await import('./panels/about/AboutPage.tsx')).AboutPage,
}

export const LATER_PAGES = {
  news: createLaterPage('news'),
  kafka: createLaterPage('kafka'),
  health: createLaterPage('health'),
  data: createLaterPage('data'),
  settings: createLaterPage('settings'),
  about: createLaterPage('about'),
}

/** Quiet, and as tall as the page, until it is here. */
function createLaterPage(id: keyof typeof LOADS): () => ReactNode {
  const Page = lazy(async () => ({ default: await LOADS[id]() }))
  return () => (
    <Suspense fallback={<div className={styles['coming']} aria-busy />}>
      <Page />
    </Suspense>
  )
}

/** Fetches them while nothing else is to be done, so that they open at once. Opening one tries again where this fails. */
export function fetchPagesAhead(): void {
  const fetchAll = () => {
    for (const load of Object.values(LOADS)) void load().catch(() => undefined)
  }
  requestIdleCallback(fetchAll, { timeout: 10_000 })
}
