import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createIso, toZone } from './zones.ts'

const AT = 1_795_325_520_123

test('an instant is written in its zone, with the digits asked for', () => {
  const styles = [
    createIso(toZone('KST'), { digits: 0, suffix: true }),
    createIso(toZone('KST'), { digits: 3, suffix: true }),
    createIso(toZone('UTC'), { digits: 3, suffix: true }),
    createIso(toZone('KST'), { digits: 6, suffix: false }),
  ]
  expect(styles.map((iso) => iso(AT))).toEqual([
    '2026-11-22T14:32:00+09:00',
    '2026-11-22T14:32:00.123+09:00',
    '2026-11-22T05:32:00.123Z',
    '2026-11-22T14:32:00.123000',
  ])
})

test('a zone with a change of its clock is followed, in whatever order instants come', () => {
  const change = Date.UTC(2026, 9, 25, 1)
  const iso = createIso({ name: 'Here', offset: (at) => (at < change ? 120 : 60) }, { digits: 0, suffix: true })
  expect([change, change - 1_000, change + 3_600_000].map(iso)).toEqual([
    '2026-10-25T02:00:00+01:00',
    '2026-10-25T02:59:59+02:00',
    '2026-10-25T03:00:00+01:00',
  ])
})

test('west of Greenwich and half hours have their sign and minutes', () => {
  const iso = createIso({ name: 'There', offset: () => -210 }, { digits: 0, suffix: true })
  expect(iso(AT)).toBe('2026-11-22T02:02:00-03:30')
})

test('the local zone is this machine’s', () => {
  const iso = createIso(toZone('local'), { digits: 3, suffix: true })
  expect(Date.parse(iso(AT))).toBe(AT)
})

test('every instant reads back as itself', () => {
  const iso = createIso(toZone('KST'), { digits: 3, suffix: true })
  fc.assert(fc.property(fc.integer({ min: 0, max: 4e12 }), (at) => Date.parse(iso(at)) === at))
})
