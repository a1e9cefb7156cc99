import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/security.md'), 'utf8')
const tests = globSync(['src/**/*.test.ts', 'tests/**/*.test.ts'], { cwd: root })
const sources = globSync(['src/**/*.ts', 'electron-builder.yml', 'package.json'], { cwd: root })

/** Rows of the tables: what, where, test. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (#|what) /.test(line))
  .map((line) => line.slice(2, -2).split(' | ').slice(-3) as [what: string, where: string, test: string])

/** The text of the tests that a cell names: `x.test.ts`, x.test, or one of the short names at the page's top. */
function textOf(cell: string): string {
  const names = cell.match(/[\w./-]+\.test(?=\.ts|\b)|electron-security|packed-app|builder-configuration/g) ?? []
  const files = names.flatMap((name) => {
    const wanted = `${basename(name.replace(/\.test$/, ''))}.test.ts`
    return tests.filter((each) => basename(each) === wanted)
  })
  return files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n')
}

describe.each(rows)('docs/security.md: %s', (_what, where, test) => {
  it('is enforced in files that exist', () => {
    const named = (where.match(/`[\w./-]+\.(ts|yml|json)`/g) ?? []).map((each) => each.slice(1, -1))
    expect(named.filter((name) => !sources.some((each) => each.endsWith(name)))).toEqual([])
  })

  it('is proven by tests that exist', () => {
    const text = textOf(test)
    expect(text).not.toBe('')
    const quoted = [...test.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name)
    expect(quoted.filter((name) => !text.includes(name))).toEqual([])
  })
})

it('docs/security.md has all twenty items of Electron’s checklist', () => {
  expect([...page.matchAll(/^\| (\d+) \|/gm)].map(([, number]) => Number(number))).toEqual(
    Array.from({ length: 20 }, (_item, index) => index + 1),
  )
  expect(existsSync(join(root, 'docs/release-checklist.md'))).toBe(true)
})
