import { basename, dirname, resolve } from 'node:path'
import type { Plugin } from 'vite'

const EXPRESSION = /new URL\(\s*['"](\.{1,2}\/[\w./-]+-worker)\.ts['"],\s*import\.meta\.url\s*\)/g

/**
 * Builds worker threads: `new Worker(new URL('./x-worker.ts', import.meta.url))` runs as it stands under Node and vitest;
 * in a build the worker becomes an entry of its own, `x-worker.js`, beside its caller.
 */
export function workers(): Plugin {
  return {
    name: 'tapedeck-workers',
    enforce: 'pre',
    applyToEnvironment: (environment) => environment.name === 'main',
    transform: {
      filter: { code: '-worker.ts' },
      handler(code, id) {
        let found = false
        const rewritten = code.replace(EXPRESSION, (_whole, path: string) => {
          found = true
          const fileName = `${basename(path)}.js`
          this.emitFile({ type: 'chunk', id: resolve(dirname(id), `${path}.ts`), fileName })
          return `new URL('./${fileName}', import.meta.url)`
        })
        return found ? { code: rewritten, map: null } : undefined
      },
    },
  }
}
