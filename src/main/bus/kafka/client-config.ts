import { readFile } from 'node:fs/promises'
import type { ConnectionOptions } from 'node:tls'
import { FaultError } from '../../../shared/faults.ts'
import type { ClusterProfile } from '../../../shared/kafka-settings.ts'
import type { Redactor } from '../../secrets/redactor.ts'
import { createRedactor } from '../../secrets/redactor.ts'
import type { ClusterSecrets } from '../bus.ts'
import { createTokens } from './oauth-token.ts'

/** How every connection to one cluster is made. */
export interface ClientConfig {
  readonly clientId: string
  readonly bootstrap: readonly Address[]
  /** Reads the files anew for each connection, so that a renewed certificate is used. undefined: no TLS. */
  readonly tls: (() => Promise<ConnectionOptions>) | undefined
  /** A login for one connection, as kafkajs wants it. */
  readonly sasl: (() => object) | undefined
  /** Knows this cluster's secrets: brokers may repeat in their errors what they were told. */
  readonly redactor: Redactor
}

export interface Address {
  readonly host: string
  readonly port: number
}

/** A profile and its secrets as settings of connections. */
export function toClientConfig(profile: ClusterProfile, secrets: ClusterSecrets): ClientConfig {
  const redactor = createRedactor(secrets.password, secrets.keyPassphrase)
  return {
    clientId: profile.clientId,
    bootstrap: profile.brokers.map(toAddress),
    tls: profile.tls.on ? () => readTls(profile.tls, secrets) : undefined,
    sasl: profile.sasl ? createLogin(profile.sasl, secrets, redactor) : undefined,
    redactor,
  }
}

/** 'host:port' or '[::1]:port'. */
export function toAddress(text: string): Address {
  const colon = text.lastIndexOf(':')
  return { host: text.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(text.slice(colon + 1)) }
}

async function readTls(tls: ClusterProfile['tls'], secrets: ClusterSecrets): Promise<ConnectionOptions> {
  const read = async (file: string | null, setting: string) => {
    if (file === null) return undefined
    try {
      return await readFile(file)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      throw new FaultError('bad-setting', `The file of tls.${setting} could not be read (${reason}). Check its path.`)
    }
  }
  const [ca, cert, key] = await Promise.all([
    read(tls.caFile, 'caFile'),
    read(tls.certFile, 'certFile'),
    read(tls.keyFile, 'keyFile'),
  ])
  return {
    ...(ca && { ca }),
    ...(cert && { cert }),
    ...(key && { key }),
    ...(secrets.keyPassphrase !== undefined && { passphrase: secrets.keyPassphrase }),
    ...(tls.serverName !== null && { servername: tls.serverName }),
  }
}

function createLogin(
  sasl: NonNullable<ClusterProfile['sasl']>,
  secrets: ClusterSecrets,
  redactor: Redactor,
): () => object {
  const password = secrets.password ?? ''
  if (sasl.mechanism !== 'OAUTHBEARER') return () => ({ mechanism: sasl.mechanism, username: sasl.username, password })
  const { tokenUrl } = sasl
  if (tokenUrl === null)
    return () => {
      throw new FaultError(
        'bad-setting',
        'sasl.tokenUrl is missing: OAUTHBEARER needs the address where tokens are fetched.',
      )
    }
  const token = createTokens({ url: tokenUrl, clientId: sasl.username, clientSecret: password })
  return () => ({
    mechanism: sasl.mechanism,
    async oauthBearerProvider() {
      const value = await token()
      redactor.add(value)
      return { value }
    },
  })
}
