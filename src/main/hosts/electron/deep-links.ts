import type { App } from 'electron'
import type { InstrumentKey } from '../../../shared/market.ts'
import type { ShellRequest } from '../../../shared/shell-contract.ts'
import { LAYOUT_EXTENSION, PAGES } from '../../../shared/shell-contract.ts'

export const LINK_SCHEME = 'tapedeck'

const LONGEST = 200

/**
 * What a link asks for: 'tapedeck://market/upbit:BTC/KRW' or 'tapedeck://page/health'. Any web page can send one, so it can
 * show something and nothing else. Undefined for all that is not exactly one of these.
 */
export function parseLink(text: string): ShellRequest | undefined {
  if (text.length > LONGEST) return undefined
  const match = /^tapedeck:\/\/(market|page)\/([^?#]+)$/.exec(text)
  const rest = decoded(match?.[2])
  if (!match || rest === undefined) return undefined
  if (match[1] === 'page') {
    const page = PAGES.find((each) => each === rest.replace(/\/$/, ''))
    return page && { kind: 'page', page }
  }
  if (!/^[a-z0-9]+:[^\s]{1,60}$/.test(rest)) return undefined
  return { kind: 'market', instrument: rest as InstrumentKey }
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text)
  } catch {
    return undefined
  }
}

export interface LinksIn {
  readonly request: (request: ShellRequest) => void
  readonly openLayout: (path: string) => void
}

/** Opens what a command line names: links and layout files. Everything else on it is passed over. */
export function openArguments(args: readonly string[], { request, openLayout }: LinksIn): void {
  for (const each of args) {
    const asked = parseLink(each)
    if (asked) request(asked)
    else if (each.endsWith(`.${LAYOUT_EXTENSION}`)) openLayout(each)
  }
}

/** Takes links and files that the system hands over while Tapedeck runs, and, packed, becomes the one who opens the scheme. */
export function followLinks(app: Pick<App, 'on' | 'isPackaged' | 'setAsDefaultProtocolClient'>, links: LinksIn): void {
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME)
  // macOS says it so; elsewhere they come on a second start's command line.
  app.on('open-url', (event, url) => {
    event.preventDefault()
    openArguments([url], links)
  })
  app.on('open-file', (event, path) => {
    event.preventDefault()
    openArguments([path], links)
  })
}
