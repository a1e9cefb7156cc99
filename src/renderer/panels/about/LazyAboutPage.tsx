import { lazy, Suspense } from 'react'

const Page = lazy(async () => ({ default: (await import('./AboutPage.tsx')).AboutPage }))

/** The page about Tapedeck as a part of its own: its licences are long, and the first chart does not wait for them. */
export function LazyAboutPage() {
  return (
    <Suspense fallback={<div aria-busy />}>
      <Page />
    </Suspense>
  )
}
