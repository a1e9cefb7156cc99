/** Which page is open. Kept in the address, so that a reload comes back to it. */

import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { PageId } from './commands.ts'
import { PAGES } from './commands.ts'

const fromAddress = (): PageId => PAGES.find((page) => location.hash === `#${page}`) ?? 'trade'

export const pageStore = createStore<{ readonly page: PageId }>(() => ({ page: fromAddress() }))

export function openPage(page: PageId): void {
  pageStore.setState({ page })
  history.replaceState(null, '', page === 'trade' ? location.pathname + location.search : `#${page}`)
}

export function usePage(): PageId {
  return useStore(pageStore, (state) => state.page)
}
