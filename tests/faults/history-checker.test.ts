import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkHistory } from './history-checker.ts'

const of = (text: string) => new Map([['btc', text.split('')]])
const counts = (expected: string, delivered: string) => {
  const { lost, doubled, reordered, invented } = checkHistory(of(expected), of(delivered))
  return { lost, doubled, reordered, invented }
}
const NONE = { lost: 0, doubled: 0, reordered: 0, invented: 0 }

test('What came once and in order is faultless', () => {
  expect(counts('abcd', 'abcd')).toEqual(NONE)
})

test('A batch that came again is doubled, and not out of order', () => {
  expect(counts('abcd', 'abcabcd')).toEqual({ ...NONE, doubled: 3 })
})

test('A record that came after one that follows it is reordered', () => {
  expect(counts('abcd', 'acbd')).toEqual({ ...NONE, reordered: 1 })
})

test('What never came is lost, and what nobody sent is invented', () => {
  expect(checkHistory(of('abc'), of('acx'))).toEqual({
    expected: 3,
    delivered: 3,
    ...NONE,
    lost: 1,
    invented: 1,
    samples: ['invented btc x', 'lost btc b'],
  })
})

test('Each key has an order of its own', () => {
  const expected = new Map([
    ['btc', ['a', 'b']],
    ['eth', ['c']],
  ])
  const delivered = new Map([
    ['eth', ['c']],
    ['btc', ['a', 'b']],
  ])
  expect(checkHistory(expected, delivered)).toMatchObject(NONE)
})

test('However a history is damaged, the counts say how much', () => {
  const history = fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(history, fc.nat(), fc.nat(29), (names, at, length) => {
      const from = at % names.length
      const cut = names.slice(from, from + length)
      const without = names.filter((_, index) => index < from || index >= from + length)
      const twice = [...names.slice(0, from + length), ...names.slice(from)]
      const check = (delivered: string[]) => checkHistory(new Map([['k', names]]), new Map([['k', delivered]]))
      expect(check(without)).toMatchObject({ ...NONE, lost: cut.length })
      expect(check(twice)).toMatchObject({ ...NONE, doubled: cut.length })
    }),
  )
})
