import type { ShellInfo } from '../../../shared/shell-contract.ts'

export interface ShellInfoParts {
  readonly platform: NodeJS.Platform
  /** What differs from desktop to desktop, and from build to build. */
  readonly can: Pick<ShellInfo['can'], 'tray' | 'openAtLogin' | 'notify' | 'updates'>
  readonly secrets: NonNullable<ShellInfo['secrets']>
}

/** What the desktop app tells its pages of itself. */
export function describeShell({ platform, can, secrets }: ShellInfoParts): ShellInfo {
  const { electron, chrome, node } = process.versions
  return {
    host: 'electron',
    platform,
    versions: { electron, chrome, node },
    can: { ...can, keepAwake: true, layoutFiles: true, popOut: true },
    secrets,
  }
}
