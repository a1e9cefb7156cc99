import { expect, test } from 'vitest'
import { changesRule } from './book.ts'

const join = (last: string | undefined, first: string | undefined, to: string) =>
  changesRule.joins?.(last, { last: to, ...(first === undefined ? {} : { first }) })

test('changes join a book that ends inside them or right before them', () => {
  expect([join('752', '750', '754'), join('752', '753', '754'), join('752', '750', '753')]).toEqual([
    'apply',
    'apply',
    'apply',
  ])
})

test('changes that end with the book are in it, whatever their length', () => {
  expect([join('752', '750', '752'), join('752', '740', '741')]).toEqual(['drop', 'drop'])
})

test('a number left out, or no number at all, breaks the book', () => {
  expect([join('752', '754', '755'), join(undefined, '754', '755'), join('752', undefined, '755')]).toEqual([
    'broken',
    'broken',
    'broken',
  ])
})

test('numbers beyond 2^53 count exactly', () => {
  expect([
    join('9007199254740993', '9007199254740994', '9007199254740995'),
    join('9007199254740992', '9007199254740994', '9007199254740995'),
  ]).toEqual(['apply', 'broken'])
})
