import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { encodeManifest, MANIFEST, readManifest, toManifest } from './manifest.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-manifest-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const database = (name: string, rows: number) => ({
  name,
  schema: 3,
  bytes: 4_096,
  sha256: name === 'market.db' ? 'a'.repeat(64) : 'b'.repeat(64),
  rows,
  tables: { meta: 3, trades: rows - 3 },
})
const manifest = toManifest({
  version: '0.1.0',
  collector: '01234567-89ab-cdef-0123-456789abcdef',
  demo: false,
  startedAt: '2026-11-23T17:30:00.000Z',
  finishedAt: '2026-11-23T17:30:04.000Z',
  databases: [database('market.db', 10), database('journal.db', 7)],
  files: [{ name: 'settings.json', bytes: 2, sha256: 'c'.repeat(64) }],
})

test('it comes back as it was written, with the sum of what the databases hold', () => {
  writeFileSync(join(folder, MANIFEST), encodeManifest(manifest))
  expect(readManifest(folder)).toEqual(manifest)
  expect(manifest).toMatchObject({ rows: 17, bytes: 8_194 })
})

test('A-50 a change of any one of its characters is noticed', () => {
  const text = encodeManifest(manifest)
  const unnoticed = text.split('').flatMap((was, index) => {
    if (/\s/.test(was)) return [] // between the fields, blanks mean nothing
    writeFileSync(join(folder, MANIFEST), text.slice(0, index) + (was === '1' ? '2' : '1') + text.slice(index + 1))
    try {
      readManifest(folder)
      return [`${index}: ${was}`]
    } catch {
      return []
    }
  })
  expect(unnoticed).toEqual([])
})

test('A-50 one that is missing, cut or of a format to come is refused with its name', () => {
  expect(() => readManifest(folder)).toThrow('The backup tapedeck-manifest-')
  writeFileSync(join(folder, MANIFEST), encodeManifest(manifest).slice(0, -40))
  expect(() => readManifest(folder)).toThrow('is missing or cannot be read. Choose another one.')
  writeFileSync(join(folder, MANIFEST), encodeManifest({ ...manifest, format: 2 as 1 }))
  expect(() => readManifest(folder)).toThrow('is of a format that this version of Tapedeck does not know')
})
