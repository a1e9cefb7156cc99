/** backup.json: what a backup says of itself. */

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { FaultError } from '../../shared/faults.ts'

export const MANIFEST = 'backup.json'

const file = {
  name: z.string().regex(/^[a-z]+(\.[a-z]+)?$/, 'must be the bare name of a file'),
  bytes: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
}
const databaseSchema = z.strictObject({
  ...file,
  /** Format: the file's `user_version`. */
  schema: z.number().int().nonnegative(),
  rows: z.number().int().nonnegative(),
  /** Rows by table. */
  tables: z.record(z.string(), z.number().int().nonnegative()),
})
const manifestSchema = z.strictObject({
  format: z.literal(1),
  /** Of the Tapedeck that made it. */
  version: z.string(),
  /** The data folder's uuid. */
  collector: z.string(),
  demo: z.boolean(),
  /** ISO 8601. What came after `startedAt` is not in it. */
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  rows: z.number().int().nonnegative(),
  bytes: z.number().int().nonnegative(),
  /** Of the lines `<sha256>  <name>` of all databases, in their order: one hash for what is stored. */
  sha256: file.sha256,
  databases: z.array(databaseSchema).min(1),
  files: z.array(z.strictObject(file)),
})

export type BackupManifest = z.output<typeof manifestSchema>
/** What one database of a backup holds. Two files with the same facts hold the same. */
export type DatabaseFacts = z.output<typeof databaseSchema>
export type FileFacts = BackupManifest['files'][number]

/** Adds up what the databases hold. */
export function toManifest(
  about: Pick<BackupManifest, 'version' | 'collector' | 'demo' | 'startedAt' | 'finishedAt' | 'databases' | 'files'>,
): BackupManifest {
  const { databases, files } = about
  const lines = databases.map(({ sha256, name }) => `${sha256}  ${name}\n`).join('')
  return {
    format: 1,
    ...about,
    rows: databases.reduce((sum, { rows }) => sum + rows, 0),
    bytes: [...databases, ...files].reduce((sum, { bytes }) => sum + bytes, 0),
    sha256: hashOf(lines),
  }
}

/** The text of backup.json. It ends with its own hash, so that no part of it can change unnoticed. */
export function encodeManifest(manifest: BackupManifest): string {
  return `${JSON.stringify({ ...manifest, check: hashOf(JSON.stringify(manifest)) }, null, 2)}\n`
}

/** Reads a backup's account of itself. Throws 'backup-damaged' where it is missing, cut, changed, or of another format. */
export function readManifest(folder: string): BackupManifest {
  const { check, ...rest } = parse(folder)
  if (check !== hashOf(JSON.stringify(rest))) throw damaged(folder, `${MANIFEST} is not as it was written`)
  const read = manifestSchema.safeParse(rest)
  if (!read.success) throw damaged(folder, `${MANIFEST} is of a format that this version of Tapedeck does not know`)
  return read.data
}

function parse(folder: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(readFileSync(join(folder, MANIFEST), 'utf8'))
    if (typeof value === 'object' && value !== null) return { ...value }
  } catch {
    // Missing or cut: told below as one thing.
  }
  throw damaged(folder, `${MANIFEST} is missing or cannot be read`)
}

/** The fault of a backup that is not as it was made, whatever of it. */
export function damaged(folder: string, what: string): FaultError {
  return new FaultError('backup-damaged', `The backup ${basename(folder)} is damaged: ${what}. Choose another one.`)
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
