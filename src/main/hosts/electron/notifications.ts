import type { Millis } from '../../../shared/market.ts'
import type { ElectronApi } from './electron-api.ts'

export interface Notice {
  readonly title: string
  readonly text: string
}

export interface Notifications {
  readonly possible: boolean
  show(notice: Notice): void
}

/** The same words come at most once in so long. */
const AGAIN_AFTER: Millis = 60_000

export interface NotificationParts {
  readonly Notification: ElectronApi['Notification']
  /** The user's choice. */
  readonly wanted: () => boolean
  readonly onClick: () => void
  readonly now?: () => Millis
}

/** Notices of the system. A click brings Tapedeck to the front. */
export function createNotifications({
  Notification,
  wanted,
  onClick,
  now = Date.now,
}: NotificationParts): Notifications {
  const shown = new Map<string, Millis>()
  const possible = Notification.isSupported()
  return {
    possible,
    show({ title, text }) {
      const name = `${title}\n${text}`
      if (!possible || !wanted() || now() - (shown.get(name) ?? -Infinity) < AGAIN_AFTER) return
      for (const [other, at] of shown) if (now() - at >= AGAIN_AFTER) shown.delete(other)
      shown.set(name, now())
      const notification = new Notification({ title, body: text })
      notification.on('click', onClick)
      notification.show()
    },
  }
}
