import { join } from 'node:path'
import { runCommand } from './command.ts'
import { SetupError } from './setup-error.ts'
import { VERSIONS } from './versions.ts'
import type { KafkaVersion } from './versions.ts'

/** The oldest Java that Kafka 4 runs on. */
const OLDEST = 17
const INSTALL =
  'Debian and Ubuntu: apt-get install default-jdk-headless; macOS: brew install openjdk@17; Windows: winget install EclipseAdoptium.Temurin.17.JDK'

/** Path of a program of the JDK: that of JAVA_HOME where it is set, else the one on the PATH. */
export function javaProgram(name: 'java' | 'keytool'): string {
  const home = process.env['JAVA_HOME']
  return home ? join(home, 'bin', name) : name
}

/** Throws a SetupError where there is no Java, or one too old for Kafka. */
export async function checkJava(): Promise<void> {
  const { code, output } = await runCommand(javaProgram('java'), ['-version'])
  const major = code === 0 ? javaMajor(output) : undefined
  if (major === undefined)
    throw new SetupError(
      `Kafka needs Java ${OLDEST} or newer, and "${javaProgram('java')}" does not run. Install it (${INSTALL}), or set JAVA_HOME.`,
    )
  if (major < OLDEST)
    throw new SetupError(
      `Kafka needs Java ${OLDEST} or newer, and "${javaProgram('java')}" is Java ${major}. Install a newer one (${INSTALL}), or set JAVA_HOME.`,
    )
}

/** The major version in what `java -version` prints: 17 of `"17.0.15"`, 8 of `"1.8.0_392"`. */
export function javaMajor(output: string): number | undefined {
  const match = /version "(?:1\.)?(\d+)/.exec(output)
  return match ? Number(match[1]) : undefined
}

/** Java's arguments before Kafka's own: jars, log settings, and a start that favours quickness over peak speed. */
export function javaArguments(version: KafkaVersion, jars: string): string[] {
  return ['-cp', join(jars, '*'), '-XX:TieredStopAtLevel=1', VERSIONS[version].logging]
}
