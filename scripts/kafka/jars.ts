import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { runCommand } from './command.ts'
import { SetupError } from './setup-error.ts'
import { versionFile } from './versions.ts'
import type { KafkaVersion } from './versions.ts'

/** Pinned, so that every Maven copies the same way. */
const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies'
const INSTALL =
  'Debian and Ubuntu: apt-get install maven; macOS: brew install maven; Windows: winget install Apache.Maven'

/** Where jars are kept between runs, for all checkouts of this user. */
export function jarCache(): string {
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'tapedeck', 'kafka')
}

/**
 * The folder with a version's jars. Fetched with Maven the first time (about 60 MB), and again only when its pom.xml has
 * changed. Several processes may ask at once: whoever is first keeps its copy.
 */
export async function fetchJars(
  version: KafkaVersion,
  say: (text: string) => void,
  signal?: AbortSignal,
): Promise<string> {
  const pom = versionFile(version, 'pom.xml')
  const folder = join(jarCache(), version)
  if (isCurrent(folder, pom)) return folder
  say(`fetching Kafka ${version} with Maven (once, about 60 MB)…`)
  mkdirSync(jarCache(), { recursive: true })
  const part = mkdtempSync(join(jarCache(), `${version}.part-`))
  try {
    const mvn = process.platform === 'win32' ? 'mvn.cmd' : 'mvn'
    const args = ['-q', '-B', '-f', pom, COPY, '-DincludeScope=runtime', `-DoutputDirectory=${part}`]
    const { code, output } = await runCommand(mvn, args, signal)
    if (code === undefined)
      throw new SetupError(`Kafka ${version} is fetched with Maven, and "mvn" does not run. Install it (${INSTALL}).`)
    if (code !== 0)
      throw new SetupError(
        `Maven could not fetch Kafka ${version}. Is Maven Central reachable? It said:\n${output.trim()}`,
      )
    cpSync(pom, join(part, 'pom.xml'))
    if (existsSync(folder) && !isCurrent(folder, pom)) rmSync(folder, { recursive: true })
    if (!existsSync(folder)) renameSync(part, folder)
  } catch (error) {
    if (!isCurrent(folder, pom)) throw error
  } finally {
    rmSync(part, { recursive: true, force: true })
  }
  return folder
}

function isCurrent(folder: string, pom: string): boolean {
  const copy = join(folder, 'pom.xml')
  return existsSync(copy) && readFileSync(copy, 'utf8') === readFileSync(pom, 'utf8')
}
