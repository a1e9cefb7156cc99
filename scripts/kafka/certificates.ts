import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runCommand } from './command.ts'
import { javaProgram } from './java.ts'
import { SetupError } from './setup-error.ts'

/** Files of a cluster that speaks TLS. The nodes share one self-signed certificate for localhost and 127.0.0.1. */
export interface Certificates {
  readonly keyStore: string
  /** Holds the one client certificate that 'tls-client' lets in. */
  readonly trustStore: string
  /** PEM, for clients: what to trust, and who to be. */
  readonly caFile: string
  readonly certFile: string
  readonly keyFile: string
}

/** Of the stores. They guard nothing but this cluster on this machine. */
export const STORE_PASSWORD = 'changeit'

/** Makes the files with the JDK's keytool, or gives those that the folder already has. */
export async function createCertificates(folder: string): Promise<Certificates> {
  const files: Certificates = {
    keyStore: join(folder, 'node.p12'),
    trustStore: join(folder, 'trusted.p12'),
    caFile: join(folder, 'ca.pem'),
    certFile: join(folder, 'client.pem'),
    keyFile: join(folder, 'client.key'),
  }
  // Made last.
  if (existsSync(files.keyFile)) return files
  const client = join(folder, 'client.p12')
  await keytool(['-genkeypair', ...KEY, ...store(files.keyStore, 'node'), '-dname', 'CN=localhost', '-ext', NAMES])
  await keytool(['-exportcert', '-rfc', ...store(files.keyStore, 'node'), '-file', files.caFile])
  await keytool(['-genkeypair', ...KEY, ...store(client, 'client'), '-dname', 'CN=client'])
  await keytool(['-exportcert', '-rfc', ...store(client, 'client'), '-file', files.certFile])
  await keytool(['-importcert', '-noprompt', ...store(files.trustStore, 'client'), '-file', files.certFile])
  await run('java', [fileURLToPath(new URL('ExportKey.java', import.meta.url)), client, STORE_PASSWORD, files.keyFile])
  return files
}

const KEY = ['-keyalg', 'EC', '-groupname', 'secp256r1', '-validity', '3650']
const NAMES = 'san=dns:localhost,ip:127.0.0.1'

function store(file: string, alias: string): readonly string[] {
  return ['-alias', alias, '-storetype', 'PKCS12', '-keystore', file, '-storepass', STORE_PASSWORD]
}

function keytool(args: readonly string[]): Promise<void> {
  return run('keytool', args)
}

async function run(name: 'java' | 'keytool', args: readonly string[]): Promise<void> {
  const { code, output } = await runCommand(javaProgram(name), args)
  if (code !== 0)
    throw new SetupError(
      `The JDK's ${name} could not make a certificate (a JRE is not enough, install a JDK): ${output.trim()}`,
    )
}
