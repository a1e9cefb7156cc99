import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { ConnectionOptions } from 'node:tls'
import type { Finding } from '../../shared/doctor-findings.ts'
import { toFinding } from '../../shared/doctor-findings.ts'
import type { ClusterProfile } from '../../shared/kafka-settings.ts'
import type { ClusterSecrets } from '../bus/bus.ts'

/** Whom to trust and who to be: what of a profile goes into a TLS connection. A CA file is trusted in place of the system's authorities. */
export type Trust = Pick<ConnectionOptions, 'ca' | 'cert' | 'key' | 'passphrase'>

/** Reads a profile's files, and says of the first one that cannot be used why not. */
export async function readTrust(
  tls: ClusterProfile['tls'],
  secrets: ClusterSecrets,
): Promise<{ readonly trust: Trust } | { readonly finding: Finding }> {
  const texts: Partial<Record<'caFile' | 'certFile' | 'keyFile', string>> = {}
  for (const field of ['caFile', 'certFile', 'keyFile'] as const) {
    const path = tls[field]
    if (path === null) continue
    try {
      texts[field] = await readFile(path, 'utf8')
    } catch (error) {
      return { finding: toFinding('tls-file', { field, path, reason: (error as NodeJS.ErrnoException).code ?? '' }) }
    }
    if (field !== 'keyFile' && !isCertificate(texts[field]))
      return { finding: toFinding('tls-file', { field, path, reason: 'PEM' }) }
  }
  const { caFile, certFile, keyFile } = texts
  if (keyFile !== undefined) {
    const finding = checkKey(tls.keyFile ?? '', keyFile, secrets.keyPassphrase, certFile)
    if (finding) return { finding }
  }
  return {
    trust: {
      ...(caFile === undefined ? {} : { ca: caFile }),
      ...(certFile === undefined ? {} : { cert: certFile }),
      ...(keyFile === undefined ? {} : { key: keyFile }),
      ...(secrets.keyPassphrase === undefined ? {} : { passphrase: secrets.keyPassphrase }),
    },
  }
}

/** The name that a cluster knows the holder of a client certificate by: its subject, most special part first. */
export async function readPrincipal(certFile: string): Promise<string | undefined> {
  try {
    return new X509Certificate(await readFile(certFile)).subject.split('\n').toReversed().join(',')
  } catch {
    return undefined
  }
}

function isCertificate(text: string): boolean {
  try {
    return new X509Certificate(text).subject !== undefined
  } catch {
    return false
  }
}

function checkKey(path: string, text: string, passphrase: string | undefined, certificate: string | undefined) {
  try {
    const key = createPrivateKey({ key: text, ...(passphrase === undefined ? {} : { passphrase }) })
    if (certificate === undefined || new X509Certificate(certificate).checkPrivateKey(key)) return undefined
    return toFinding('tls-key-other', { path })
  } catch {
    return /ENCRYPTED/.test(text)
      ? toFinding('tls-key-locked', { path })
      : toFinding('tls-file', { field: 'keyFile', path, reason: 'PEM' })
  }
}
