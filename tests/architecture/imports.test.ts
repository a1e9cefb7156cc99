import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { describe, expect, it } from 'vitest'
import { IMPORT_RULES } from './import-rules.ts'

const root = resolve(import.meta.dirname, '../..')
const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g

/** The imports of a source text that its place in the tree does not allow. */
function forbidden(file: string, text: string): string[] {
  const rule = IMPORT_RULES.find((each) => file.startsWith(`${each.folder}/`))
  if (!rule) return [`${file} lies in no folder of the table`]
  const found: string[] = []
  for (const match of text.matchAll(IMPORT)) {
    const specifier = match[1] ?? match[2] ?? match[3] ?? ''
    const target = specifier.startsWith('.')
      ? relative(root, resolve(root, dirname(file), specifier))
          .split(sep)
          .join('/')
      : specifier
    const own =
      target.startsWith(`${rule.folder}/`) && IMPORT_RULES.find((each) => target.startsWith(`${each.folder}/`)) === rule
    const allowed = rule.may.some((each) =>
      each === 'node:*'
        ? target.startsWith('node:')
        : each.startsWith('src/')
          ? target === each || target.startsWith(`${each}/`)
          : target === each || target.startsWith(`${each}/`),
    )
    if (!own && !allowed) found.push(`${file} imports ${target}`)
  }
  return found
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.(test|d)\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !file.includes('/testing/') && !file.includes('/fixtures/'))
}

describe('import rules', () => {
  it('hold for every source file', () => {
    const files = sources('src')
    expect(files.length).toBeGreaterThan(50)
    expect(files.flatMap((file) => forbidden(file, readFileSync(join(root, file), 'utf8')))).toEqual([])
  })

  it.each([
    ['src/shared/x.ts', "import { join } from 'node:path'"],
    ['src/main/exchanges/x.ts', "import { WebSocket } from 'ws'"],
    ['src/main/pipeline/x.ts', "import type { Journal } from '../journal/journal.ts'"],
    ['src/main/pipeline/x.ts', "import { upbit } from '../exchanges/upbit/index.ts'"],
    ['src/main/feed/x.ts', "import { createBarsFold } from '../pipeline/bars.ts'"],
    ['src/main/feed/x.ts', "import Database from 'better-sqlite3'"],
    ['src/main/emulator/x.ts', "import { createHub } from '../hub.ts'"],
    ['src/main/journal/x.ts', "import type { Store } from '../store/store.ts'"],
    ['src/main/store/x.ts', "export { app } from 'electron'"],
    ['src/main/engine-x.ts', "import { openServer } from './hosts/headless/server.ts'"],
    ['src/main/hosts/headless/x.ts', "import { app } from 'electron'"],
    ['src/main/hosts/electron/preload/x.ts', "import { readFileSync } from 'node:fs'"],
    ['src/renderer/x.ts', "import type { Engine } from '../main/engine.ts'"],
    ['src/renderer/x.ts', "const fs = await import('node:fs')"],
  ])('catch a bad import planted in %s', (file, text) => {
    expect(forbidden(file, text)).toHaveLength(1)
  })
})
