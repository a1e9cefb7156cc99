import { readFileSync } from 'node:fs'
import { copyFile, chmod, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { UpdatePackage } from '../../updates/feed.ts'
import { openFeed } from '../../updates/open-feed.ts'
import type { Updater } from './updates.ts'

/** Put into package.json when the app is packed. Absent: a build of one's own, which has no feed. */
const packedSchema = z.object({
  tapedeck: z.object({ updates: z.strictObject({ url: z.string(), publicKey: z.string() }) }).optional(),
})
export type UpdateSource = { readonly url: string; readonly publicKey: string }

/** Where this build's updates come from. `folder`: of the built main. */
export function readUpdateSource(folder: string): UpdateSource | undefined {
  const packed: unknown = JSON.parse(readFileSync(join(folder, '..', '..', 'package.json'), 'utf8'))
  return packedSchema.parse(packed).tapedeck?.updates
}

/** The kind of package that runs: undefined where the system's own package manager brings updates (deb, rpm). */
export function packageOf(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): UpdatePackage | undefined {
  if (platform === 'win32') return 'nsis'
  if (platform === 'darwin') return 'dmg'
  return environment['APPIMAGE'] === undefined ? undefined : 'appimage'
}

export interface UpdaterParts {
  readonly source: UpdateSource | undefined
  readonly version: string
  readonly platform: NodeJS.Platform
  readonly arch: string
  readonly environment: NodeJS.ProcessEnv
  /** The user's data folder. */
  readonly folder: string
  readonly fetch: (url: string) => Promise<Response>
  readonly app: {
    relaunch(options: { execPath: string; args: string[] }): void
    quit(): void
    once(event: 'quit', listener: () => void): unknown
  }
  /** Opens a file as a double click does. */
  readonly openPath: (path: string) => Promise<string>
  /** Starts a program that outlives us. */
  readonly start: (file: string, args: readonly string[]) => void
}

/** What installs each kind of package, from a file that was checked a moment ago. */
const INSTALLS: Readonly<Record<UpdatePackage, (file: string, parts: UpdaterParts) => Promise<void>>> = {
  /** In place of the file that runs: Linux lets a running program's file be replaced whole. */
  async appimage(file, { app, environment }) {
    const own = environment['APPIMAGE'] ?? ''
    const fresh = `${own}.new`
    await copyFile(file, fresh)
    await chmod(fresh, 0o755)
    await rename(fresh, own)
    app.relaunch({ execPath: own, args: [] })
    app.quit()
  },
  /** The installer ends whoever still runs, so it starts when we are done. */
  async nsis(file, { app, start }) {
    app.once('quit', () => start(file, ['--updated', '/S', '--force-run']))
    app.quit()
  },
  /** The system checks its notarisation, and the user puts it in its place. */
  async dmg(file, { openPath }) {
    const refusal = await openPath(file)
    if (refusal !== '') throw new Error(refusal)
  },
}

/** Updates of this build from its signed feed. Undefined where it has none. */
export function createUpdater(parts: UpdaterParts): Updater | undefined {
  const kind = packageOf(parts.platform, parts.environment)
  if (!parts.source || !kind) return undefined
  const feed = openFeed({
    ...parts.source,
    version: parts.version,
    package: kind,
    arch: parts.arch,
    folder: join(parts.folder, 'updates'),
    fetch: parts.fetch,
  })
  return {
    check: feed.check,
    download: feed.download,
    install: async () => INSTALLS[kind](await feed.fetched(), parts),
  }
}
