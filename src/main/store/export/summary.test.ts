import { expect, test } from 'vitest'
import type { ExportProgress } from '../../../shared/export-view.ts'
import { toSummary } from './summary.ts'

const done: ExportProgress = {
  id: '1',
  state: 'done',
  rows: 259_200,
  totalRows: 259_200,
  bytes: 31_400_000,
  rowsPerSecond: 400_000,
  files: [
    { name: 'x.csv', bytes: 31_400_000, sha256: 'ab' },
    { name: 'x.csv.meta.json', bytes: 900, sha256: 'cd' },
  ],
}
const counted = { seconds: 10_000, live: 9_982, backfilled: 17, missing: 1, unwatched: 0 }

test('a finished export is one line for people and one of JSON for programs', () => {
  expect(toSummary(done, '/data', [counted])).toEqual({
    line: 'Wrote 259,200 rows, 31.4 MB, to /data/x.csv; 99.82 % live, 0.17 % back-filled, 0.01 % missing, 0.00 % not watched.',
    json: JSON.stringify({
      state: 'done',
      rows: 259_200,
      bytes: 31_400_000,
      files: done.files.map((file) => ({ ...file, path: `/data/${file.name}` })),
      completeness: [counted],
    }),
  })
})

test('several files, a failure and a cancel say so', () => {
  const two = { ...done, files: [...done.files, { name: 'x-2.csv', bytes: 1, sha256: 'ef' }] }
  const fault = { code: 'disk-full', message: 'The disk of /data is full.' } as const
  expect([
    toSummary(two, '/data').line,
    toSummary({ ...done, state: 'failed', fault }, '/data').line,
    toSummary({ ...done, state: 'cancelled' }, '/data').line,
  ]).toEqual([
    'Wrote 259,200 rows, 31.4 MB, to 2 files in /data.',
    'Failed: The disk of /data is full.',
    'Cancelled: nothing was left behind.',
  ])
})
