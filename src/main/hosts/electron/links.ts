import type { App, WebContents } from 'electron'

/** Where links may lead, outside Tapedeck: in the user's own browser, over https. */
export const LINKS: ReadonlySet<string> = new Set(['https://www.tradingview.com'])

export interface LinkParts {
  readonly app: Pick<App, 'on'>
  readonly openExternal: (url: string) => Promise<void>
  readonly log: (text: string) => void
}

/** Keeps every page where it is: no navigation, no new window, no embedded page. Links of the list go to the browser. */
export function installLinks({ app, openExternal, log }: LinkParts): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(({ url }) => {
      if (isAllowedLink(url)) openExternal(url).catch((error: unknown) => log(`A link did not open: ${String(error)}`))
      return { action: 'deny' }
    })
    stayPut(contents)
  })
}

/** A link of the list, and nothing that only looks like one. */
export function isAllowedLink(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { origin, username, password } = new URL(url)
  return LINKS.has(origin) && username === '' && password === ''
}

function stayPut(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
}
