import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { NOTICES } from './notices.ts'

it('A-80 everything that is shipped is named, with its licence', () => {
  const { dependencies } = JSON.parse(readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8')) as {
    dependencies: Record<string, string>
  }
  const named = NOTICES.map(({ name }) => name)
  expect(named.toSorted()).toEqual([...Object.keys(dependencies), 'electron'].toSorted())
  expect(NOTICES.filter(({ licence, text }) => licence === '' || (text ?? '').length < 100)).toEqual([])
})
