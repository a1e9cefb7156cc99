import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { App } from 'electron'

export interface LoginItemParts {
  readonly app: Pick<App, 'isPackaged' | 'setLoginItemSettings'>
  readonly platform: NodeJS.Platform
  readonly environment: NodeJS.ProcessEnv
  readonly home: string
  readonly execPath: string
}

/** Started by the system, Tapedeck opens no window. */
const ARGUMENT = '--hidden'

export interface LoginItem {
  /** False where it is not installed: the system would start something else. */
  readonly possible: boolean
  apply(open: boolean): void
}

/** Opens Tapedeck at login: by Electron on macOS and Windows, by an autostart entry of the freedesktop kind on Linux. */
export function createLoginItem({ app, platform, environment, home, execPath }: LoginItemParts): LoginItem {
  const possible = app.isPackaged
  let applied: boolean | undefined
  const folder = join(environment['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'autostart')
  const entry = join(folder, 'tapedeck.desktop')
  return {
    possible,
    apply(open) {
      if (!possible || open === applied) return
      applied = open
      if (platform !== 'linux') return app.setLoginItemSettings({ openAtLogin: open, args: [ARGUMENT] })
      if (!open) return rmSync(entry, { force: true })
      mkdirSync(folder, { recursive: true })
      // An AppImage is mounted anew at each start: its own file is what lasts.
      writeFileSync(entry, desktopEntry(environment['APPIMAGE'] ?? execPath))
    },
  }
}

function desktopEntry(program: string): string {
  // A percent sign would begin a field code, also between quotes.
  const quoted = `"${program.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%')}"`
  return `${['[Desktop Entry]', 'Type=Application', 'Name=Tapedeck', `Exec=${quoted} ${ARGUMENT}`, 'Terminal=false'].join('\n')}\n`
}
