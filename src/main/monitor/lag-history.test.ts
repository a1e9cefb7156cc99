import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DAY, MINUTE, SECOND } from '../../shared/market.ts'
import { openLagHistory } from './lag-history.ts'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'tapedeck-lag-'))))
afterEach(() => rmSync(folder, { recursive: true }))

const START = Date.UTC(2026, 0, 5)

test('A-36 the greatest lag of each minute is kept over a restart, and goes after seven days', async () => {
  const file = join(folder, 'kafka.db')
  const troubles: string[] = []
  const first = await openLagHistory(file, (message) => troubles.push(message))
  for (let at = START; at < START + 3 * MINUTE; at += 2 * SECOND) first.add('c/g', { at, lag: (at - START) / 1_000 })
  first.add('c/other', { at: START, lag: 1, seconds: 2.5 })
  await first.close()

  const second = await openLagHistory(file, (message) => troubles.push(message))
  const before = await second.read('c/g')
  second.add('c/g', { at: START + 7 * DAY + MINUTE, lag: 7, seconds: 1 })
  second.add('c/g', { at: START + 7 * DAY + 2 * MINUTE, lag: 8 })
  await second.close()
  const third = await openLagHistory(file, (message) => troubles.push(message))
  const after = await third.read('c/g')
  await third.close()
  expect({ before, after, troubles }).toEqual({
    before: [
      { at: START, lag: 58 },
      { at: START + MINUTE, lag: 118 },
      { at: START + 2 * MINUTE, lag: 178 },
    ],
    after: [
      { at: START + 2 * MINUTE, lag: 178 },
      { at: START + 7 * DAY + MINUTE, lag: 7, seconds: 1 },
      { at: START + 7 * DAY + 2 * MINUTE, lag: 8 },
    ],
    troubles: [],
  })
})
