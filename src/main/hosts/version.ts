import { readFileSync } from 'node:fs'

declare const __VERSION__: string | undefined

/** Tapedeck's version: put in by the build, read from package.json when run from source. */
export const VERSION: string =
  typeof __VERSION__ === 'string'
    ? __VERSION__
    : (JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string })
        .version
