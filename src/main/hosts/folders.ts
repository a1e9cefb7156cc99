import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** The default data folder: where Electron keeps an app's user data, also for the headless host, so that both see the same. */
export function defaultFolder(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const chosen = environment['TAPEDECK_DATA']
  if (chosen) return resolve(chosen)
  const home = homedir()
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Tapedeck')
  if (platform === 'win32') return join(environment['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Tapedeck')
  return join(environment['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'Tapedeck')
}

/** Simulated and real data never share a folder: the demo's is a sibling. */
export function demoFolder(folder: string): string {
  return `${folder}-demo`
}

/** A folder that has stored market data before. */
export function hasData(folder: string): boolean {
  return existsSync(join(folder, 'market.db'))
}
