import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { firstPageBytes } from '../../scripts/page-size.ts'

const folder = mkdtempSync(join(tmpdir(), 'tapedeck-page-size-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('the first page is what must arrive before it runs, once, and not what it loads later', () => {
  const files = {
    'index.html': '<link rel="stylesheet" href="./assets/a.css"><script type="module" src="./assets/a.js"></script>',
    'assets/a.js': 'import{x as y}from"./b.js";import"./c.js";const later=()=>import("./later.js");y(later)',
    'assets/b.js': 'import*as c from"./c.js";export{c as x}',
    'assets/c.js': 'export const c=1',
    'assets/later.js': 'import"./a.js"',
    'assets/a.css': 'body{margin:0}',
  }
  mkdirSync(join(folder, 'assets'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const wanted = Object.entries(files).filter(([name]) => name !== 'assets/later.js')
  expect(firstPageBytes(folder)).toBe(wanted.reduce((sum, [, text]) => sum + gzipSync(text).length, 0))
})
