import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sweepDownloads } from './sweep.ts'

test('downloads of earlier runs go, what is still being written stays', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tapedeck-sweep-'))
  const old = new Date(Date.now() - 10 * 3_600_000)
  for (const name of ['finished', 'writing']) {
    mkdirSync(join(folder, name))
    writeFileSync(join(folder, name, 'x.csv'), 'x')
    if (name === 'finished') utimesSync(join(folder, name, 'x.csv'), old, old)
    utimesSync(join(folder, name), old, old)
  }
  await sweepDownloads(folder, Date.now() - 6 * 3_600_000)
  expect(readdirSync(folder)).toEqual(['writing'])
  rmSync(folder, { recursive: true })
  await expect(sweepDownloads(folder, 0)).resolves.toBeUndefined()
})
