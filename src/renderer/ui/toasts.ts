/** Short notices at the bottom right: at most three; finished jobs go after 6 s, after 30 s where there is something to press; faults stay until closed. */

import { createStore } from 'zustand/vanilla'

export interface Toast {
  readonly id: string
  readonly tone: 'done' | 'fault' | 'running'
  readonly title: string
  readonly text?: string
  /** 0 … 1, of a running job. */
  readonly progress?: number
  readonly action?: { readonly label: string; readonly run: () => void }
  readonly onClose?: () => void
}

const MOST = 3
const SHOWN_FOR = 6_000
const SHOWN_WITH_ACTION = 30_000

export const toastStore = createStore<{ readonly toasts: readonly Toast[] }>(() => ({ toasts: [] }))
const timers = new Map<string, ReturnType<typeof setTimeout>>()

/** Shows a notice, or replaces the one with the same id. */
export function showToast(toast: Toast): void {
  clearTimeout(timers.get(toast.id))
  timers.delete(toast.id)
  const { toasts } = toastStore.getState()
  const known = toasts.some((entry) => entry.id === toast.id)
  toastStore.setState({
    toasts: known ? toasts.map((entry) => (entry.id === toast.id ? toast : entry)) : [...toasts, toast].slice(-MOST),
  })
  if (toast.tone === 'done')
    timers.set(
      toast.id,
      setTimeout(() => closeToast(toast.id), toast.action ? SHOWN_WITH_ACTION : SHOWN_FOR),
    )
}

/** Takes a notice away. */
export function closeToast(id: string): void {
  clearTimeout(timers.get(id))
  timers.delete(id)
  toastStore.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }))
}
