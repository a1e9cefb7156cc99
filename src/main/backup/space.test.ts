import { expect, test } from 'vitest'
import { checkSpace } from './space.ts'

const MB = 1_000_000

test('a disk that has room for the copy, and something for those who write, is let pass', () => {
  expect(() => checkSpace('/data/backups', 100 * MB, 200 * MB)).not.toThrow()
})

test('one without room is refused with how much is missing', () => {
  expect(() => checkSpace('/data/backups', 1_200 * MB, 300 * MB)).toThrow(
    '/data/backups needs 1,268 MB and has 300 MB: 968 MB are missing. Free some space there.',
  )
})
