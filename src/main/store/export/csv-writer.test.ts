import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openCsvWriter, SHEET_ROWS } from './csv-writer.ts'
import type { Row } from './rows.ts'
import { publish } from './part-file.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-csv-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const market = { key: 'upbit:BTC/KRW', venue: 'upbit', pair: 'BTC/KRW', ticker: 'BTC-KRW' } as const
const style = { header: 'h\n', lines: () => (row: Row) => `${row[0]}\n` }
const open = (fileRows: number) => openCsvWriter({ folder, name: 'x.csv', style, bom: true, gzip: false, fileRows })
const rows = (count: number) => Array.from({ length: count }, (_, index) => [index])
const texts = () =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
const facts = { meta: {}, markets: [] }

test('A-45 a sheet that is full goes on in another file, each with the header and the BOM', async () => {
  const writer = open(4)
  writer.begin(market)
  await writer.write(rows(7))
  publish(folder, await writer.finish(facts))
  expect(texts()).toEqual({
    'x-1.csv': '\uFEFFh\n0\n1\n2\n',
    'x-2.csv': '\uFEFFh\n3\n4\n5\n',
    'x-3.csv': '\uFEFFh\n6\n',
  })
})

test('A-45 rows that fill a sheet exactly stay one file under the plain name', async () => {
  const writer = open(4)
  writer.begin(market)
  await writer.write(rows(3))
  publish(folder, await writer.finish(facts))
  expect(texts()).toEqual({ 'x.csv': '\uFEFFh\n0\n1\n2\n' })
  expect(SHEET_ROWS).toBe(1_048_576)
})

test('A-46 an abandoned split leaves nothing, neither full files nor the one begun', async () => {
  const writer = open(4)
  writer.begin(market)
  await writer.write(rows(7))
  writer.abandon()
  expect(readdirSync(folder)).toEqual([])
})

test('A-46 where a file cannot get its name, none of an export appears', async () => {
  const writer = open(4)
  writer.begin(market)
  await writer.write(rows(7))
  const parts = await writer.finish(facts)
  rmSync(join(folder, 'x-3.csv.part'))
  expect(() => publish(folder, parts)).toThrow('ENOENT')
  writer.abandon()
  expect(readdirSync(folder)).toEqual([])
})
