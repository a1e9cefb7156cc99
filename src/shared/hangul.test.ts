import { expect, test } from 'vitest'
import { beginsAt, toLetters } from './hangul.ts'

test('text becomes the letters that a keyboard types', () => {
  expect(toLetters('비트')).toEqual(['ㅂㅣ', 'ㅌㅡ'])
  expect(toLetters('값왜')).toEqual(['ㄱㅏㅂㅅ', 'ㅇㅗㅐ'])
  expect(toLetters('힣가')).toEqual(['ㅎㅣㅎ', 'ㄱㅏ'])
  expect(toLetters('ㅄㅘ')).toEqual(['ㅂㅅ', 'ㅗㅏ'])
  expect(toLetters('Bｔ１')).toEqual(['b', 't', '1'])
  expect(toLetters('한글'.normalize('NFD'))).toEqual(toLetters('한글'))
})

test('each character is begun by its first letters, in order and without holes', () => {
  const name = toLetters('비트코인')
  const begins = (typed: string, at = 0) => beginsAt(name, at, toLetters(typed).join(''))
  expect(
    ['ㅂ', '비', '빝', '비트', '비틐', 'ㅂㅌ', 'ㅂㅌㅋㅇ', '비트코인'].map((typed) => begins(typed)),
  ).not.toContain(false)
  expect(['ㅣ', '트', 'ㅂㅋ', '바', '비트코인캐', '빈'].map((typed) => begins(typed))).not.toContain(true)
  expect(begins('코인', 2)).toBe(true)
})
