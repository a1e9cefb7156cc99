import { expect, it } from 'vitest'
import { FAULTS } from '../../shared/faults.ts'
import { VENUES } from '../../shared/market.ts'
import { en } from './en/index.ts'
import { ko } from './ko/index.ts'

type Texts = { readonly [key: string]: string | Texts }

/** Every key with the names that its text expects. English counts with two forms, Korean with one. */
function shapeOf(texts: Texts, path = ''): readonly string[] {
  return Object.entries(texts)
    .filter(([key]) => !key.endsWith('_one'))
    .flatMap(([key, text]) => {
      if (typeof text !== 'string') return shapeOf(text, `${path}${key}.`)
      const names = [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => String(match[1]))
      return [`${path}${key}(${[...new Set(names)].toSorted((a, b) => a.localeCompare(b)).join(' ')})`]
    })
    .toSorted()
}

it('A-69 Korean and English have the same keys, and each text the same values in it', () => {
  expect(shapeOf(ko as Texts)).toEqual(shapeOf(en as Texts))
})

it('A-69 no Korean text was left in English, but for names and signs', () => {
  const left: string[] = []
  const walk = (a: Texts, b: Texts, path: string) => {
    for (const [key, text] of Object.entries(a)) {
      const other = b[key]
      if (typeof text !== 'string') walk(text, other as Texts, `${path}${key}.`)
      else if (text === other && /[a-z]{3} [a-z]{3}/.test(text)) left.push(path + key)
    }
  }
  walk(en, ko, '')
  expect(left).toEqual(['shell.refused.command'])
})

it('every fault has a sentence and a cure, every venue a name', () => {
  expect(Object.keys(en.faults).toSorted()).toEqual(Object.keys(FAULTS).toSorted())
  expect(Object.keys(en.names).toSorted()).toEqual([...VENUES].toSorted())
})
