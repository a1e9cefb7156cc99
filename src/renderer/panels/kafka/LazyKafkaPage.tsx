import { lazy, Suspense } from 'react'
import styles from './KafkaPage.module.css'

const load = async () => ({ default: (await import('./KafkaPage.tsx')).KafkaPage })
const Page = lazy(load)

/** The Kafka page as a part of its own: whoever only trades never waits for it. Quiet and as tall as the page until it is here. */
export function LazyKafkaPage() {
  return (
    <Suspense fallback={<div className={styles['coming']} aria-busy />}>
      <Page />
    </Suspense>
  )
}

/** Fetches the page while nothing else is to be done, so that it opens at once. Opening it tries again where this fails. */
export function fetchKafkaPageAhead(): void {
  requestIdleCallback(() => void load().catch(() => undefined), { timeout: 10_000 })
}
