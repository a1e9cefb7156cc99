import { afterEach, beforeAll, expect, test } from 'vitest'
import { FaultError } from '../../shared/faults.ts'
import type { Fault } from '../../shared/faults.ts'
import { i18n, startI18n, switchLanguage } from '../i18n/index.ts'
import { faultLine, faultTitle } from './fault-text.ts'
import { showFault } from './show-fault.ts'
import { closeToast, toastStore } from './toasts.ts'

const FULL: Fault = { code: 'disk-full', message: 'No space is left for /data/outputs.' }

beforeAll(() => startI18n('ko'))
afterEach(() => {
  switchLanguage('ko')
  closeToast('csv')
})

test('in one line Korean says what happened, and behind it what the engine said; English has the engine’s own sentence', () => {
  expect(faultLine(FULL)).toBe('디스크가 가득 차 저장하지 못합니다. (No space is left for /data/outputs.)')
  switchLanguage('en')
  expect(faultLine(FULL)).toBe('No space is left for /data/outputs.')
})

test('what the engine quotes is shown as it stands, even where it looks like a reference to other words', () => {
  const quoted = { code: 'bad-request', message: 'No market "{{what}} $t(shell:close)".' } as const
  expect(faultLine(quoted)).toBe('요청이 올바르지 않습니다. (No market "{{what}} $t(shell:close)".)')
})

test('pointed at, a fault has its cure, and the engine’s sentence below', () => {
  expect(faultTitle(i18n.getFixedT(null, 'faults'), FULL)).toBe(
    '디스크가 가득 차 저장하지 못합니다. 공간을 확보하면 저장이 자동으로 이어집니다.\nNo space is left for /data/outputs.',
  )
})

test('a notice of a fault has our sentence as its title; what was thrown without a code is our own mistake', () => {
  showFault('csv', new FaultError('disk-full', FULL.message))
  expect(toastStore.getState().toasts).toEqual([
    { id: 'csv', tone: 'fault', title: '디스크가 가득 차 저장하지 못합니다.', text: FULL.message },
  ])
  showFault('csv', new Error('x is not a function'))
  expect(toastStore.getState().toasts).toEqual([
    { id: 'csv', tone: 'fault', title: 'Tapedeck에 오류가 있습니다.', text: 'x is not a function' },
  ])
})
