import type { App, WebContents } from 'electron'
import type { Millis } from '../../../shared/market.ts'
import { SECOND } from '../../../shared/market.ts'
import { toOutsideLink } from '../../../shared/outside-links.ts'

export interface LinkParts {
  readonly app: Pick<App, 'on'>
  readonly openExternal: (url: string) => Promise<void>
  readonly log: (text: string) => void
  readonly monotonic?: () => Millis
}

/** Nobody clicks faster: a page that asks for more is not asked by a person. */
const EVERY: Millis = SECOND

/**
 * Keeps every page where it is: no navigation, no new window, no embedded page. A link to a public page goes to the user's own
 * browser, over https, one a second at most.
 */
export function installLinks({ app, openExternal, log, monotonic = () => performance.now() }: LinkParts): void {
  let openedAt = -Infinity
  const open = (url: string) => {
    if (!isAllowedLink(url)) return
    const now = monotonic()
    if (now - openedAt < EVERY) return log('A link was not opened: it came within a second of the last.')
    openedAt = now
    openExternal(url).catch((error: unknown) => log(`A link did not open: ${String(error)}`))
  }
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(({ url }) => {
      open(url)
      return { action: 'deny' }
    })
    stayPut(contents)
  })
}

/** A link to a public page over https. News leads to sites that nobody can list, but never into the user's own network. */
export function isAllowedLink(url: string): boolean {
  return toOutsideLink(url) !== undefined && new URL(url).protocol === 'https:'
}

function stayPut(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
}
