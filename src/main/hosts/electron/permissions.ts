import type { Session } from 'electron'
import { ORIGIN } from './origin.ts'

/** What our own page may do of all that a page can ask for. Everything else is denied, and nobody is asked. */
export const GRANTED: ReadonlySet<string> = new Set(['clipboard-sanitized-write'])

type Permissions = Pick<
  Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
>

/** Answers every request for a permission, a device or the screen. */
export function installPermissions(session: Permissions): void {
  session.setPermissionRequestHandler((_contents, permission, decide, { requestingUrl }) =>
    decide(GRANTED.has(permission) && isOurs(requestingUrl)),
  )
  session.setPermissionCheckHandler((_contents, permission, origin) => GRANTED.has(permission) && isOurs(origin))
  session.setDevicePermissionHandler(() => false)
  // Without a source to share, the request fails.
  session.setDisplayMediaRequestHandler((_request, give) => give({}))
}

function isOurs(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, host } = new URL(url)
  return `${protocol}//${host}` === ORIGIN
}
