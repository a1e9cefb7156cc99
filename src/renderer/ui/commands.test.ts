import { afterEach, expect, it, vi } from 'vitest'
import { handleCommand, isCombination, runCommand } from './commands.ts'

const press = (key: string, code: string, ...held: readonly ('ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey')[]) =>
  ({
    key,
    code,
    ctrlKey: held.includes('ctrlKey'),
    altKey: held.includes('altKey'),
    shiftKey: held.includes('shiftKey'),
    metaKey: held.includes('metaKey'),
  }) as KeyboardEvent

afterEach(() => vi.unstubAllGlobals())

it('A-70 keys go by their place, so that a Korean layout and Alt do not matter', () => {
  vi.stubGlobal('navigator', { platform: 'Win32' })
  expect([
    isCombination(press('ㅏ', 'KeyK', 'ctrlKey'), 'Mod+K'),
    isCombination(press('¡', 'Digit1', 'altKey'), 'Alt+1'),
    isCombination(press('≤', 'Comma', 'altKey'), 'Alt+,'),
    isCombination(press('?', 'Slash', 'shiftKey'), '?'),
    isCombination(press('F6', 'F6'), 'F6'),
  ]).toEqual([true, true, true, true, true])
})

it('A-70 one key more or less is another combination', () => {
  vi.stubGlobal('navigator', { platform: 'Win32' })
  expect([
    isCombination(press('k', 'KeyK'), 'Mod+K'),
    isCombination(press('k', 'KeyK', 'ctrlKey', 'shiftKey'), 'Mod+K'),
    isCombination(press('k', 'KeyK', 'metaKey'), 'Mod+K'),
    isCombination(press('F6', 'F6', 'shiftKey'), 'F6'),
    isCombination(press('/', 'Slash'), '?'),
  ]).toEqual([false, false, false, false, false])
})

it('on macOS the command key is meant', () => {
  vi.stubGlobal('navigator', { platform: 'MacIntel' })
  expect([
    isCombination(press('k', 'KeyK', 'metaKey'), 'Mod+K'),
    isCombination(press('k', 'KeyK', 'ctrlKey'), 'Mod+K'),
  ]).toEqual([true, false])
})

it('of several who answer a command the newest does, until it leaves', () => {
  const told: string[] = []
  const leaveFirst = handleCommand('page.open', (page) => void told.push(`first ${page}`))
  const leaveSecond = handleCommand('page.open', (page) => void told.push(`second ${page}`))
  runCommand('page.open', 'health')
  leaveSecond()
  runCommand('page.open', 'data')
  leaveFirst()
  runCommand('page.open', 'trade')
  expect(told).toEqual(['second health', 'first data'])
})
