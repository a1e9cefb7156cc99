import { readFileSync } from 'node:fs'

declare const TAPEDECK_VERSION: string | undefined

/** Tapedeck's version: put in by the build, read from package.json when run from source. */
export const VERSION: string =
  typeof TAPEDECK_VERSION === 'string'
    ? TAPEDECK_VERSION
    : (JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string })
        .version
