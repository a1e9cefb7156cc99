import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** A chunk that must be there before the one that names it can run; `import()` is no such thing. */
const STATIC_IMPORT = /\bimport\s*(?:[\w*{}\s,$]+\bfrom\s*)?["'](\.\.?\/[^"']+)["']/g
const NAMED_BY_PAGE = /\b(?:src|href)="\.\/([^"]+\.(?:js|css))"/g

/**
 * Bytes, compressed as they are sent, that must arrive before the first chart: the page, what it names, and what that imports
 * at once. What is loaded later keeps nobody waiting.
 */
export function firstPageBytes(folder: string): number {
  const seen = new Set(['index.html'])
  for (const name of seen) {
    const text = readFileSync(join(folder, name), 'utf8')
    if (name === 'index.html') for (const [, found = ''] of text.matchAll(NAMED_BY_PAGE)) seen.add(join(found))
    if (name.endsWith('.js'))
      for (const [, found = ''] of text.matchAll(STATIC_IMPORT)) seen.add(join(dirname(name), found))
  }
  return [...seen].reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name))).length, 0)
}
