import { describe, expect, test } from 'vitest'
import { restoreCommand } from './backups-view.ts'

const NAME = '2026-11-23T17-30-00Z'

describe('the command that restores', () => {
  test('names the backup and the data folder', () => {
    expect(restoreCommand(NAME, '/home/user/.config/Tapedeck', false)).toBe(
      `tapedeck restore ${NAME} --data /home/user/.config/Tapedeck`,
    )
  })

  test('of the demo names the folder that the demo’s is the sibling of', () => {
    expect(restoreCommand(NAME, '/data-demo', true)).toBe(`tapedeck restore ${NAME} --demo --data /data`)
  })

  test('puts a folder with a blank in quotes', () => {
    expect(restoreCommand(NAME, '/Users/a b/Tapedeck', false)).toBe(
      `tapedeck restore ${NAME} --data "/Users/a b/Tapedeck"`,
    )
  })
})
