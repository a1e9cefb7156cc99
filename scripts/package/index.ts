/**
 * Makes the installed app: `npm run package` for this system, `npm run package -- --linux dir` and whatever else
 * electron-builder understands. Signing and updates come by environment (docs/packaging.md); what is not set is said.
 */

import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { readPublicKey } from '../../src/main/updates/feed.ts'
import { checkFeedAddress } from '../../src/main/updates/open-feed.ts'
import { missingFor, updateSource } from './environment.ts'

const root = resolve(import.meta.dirname, '../..')
const say = (text: string) => process.stderr.write(`package: ${text}\n`)

const source = updateSource(process.env)
if (source)
  try {
    // An app packed with what it cannot use would not start.
    checkFeedAddress(source.url)
    readPublicKey(source.publicKey)
  } catch (error) {
    say(`TAPEDECK_UPDATE_URL, TAPEDECK_UPDATE_PUBLIC_KEY: ${error instanceof Error ? error.message : String(error)}`)
    process.exit(1)
  }
for (const { what, names } of missingFor(process.platform, process.env)) say(`${what}: off, since ${names} is not set.`)

const builder = createRequire(import.meta.url).resolve('electron-builder/cli.js')
const { status } = spawnSync(
  process.execPath,
  [
    builder,
    '--config',
    join(root, 'electron-builder.yml'),
    ...(source
      ? [
          `-c.extraMetadata.tapedeck.updates.url=${source.url}`,
          `-c.extraMetadata.tapedeck.updates.publicKey=${source.publicKey}`,
        ]
      : []),
    ...process.argv.slice(2),
    '--publish',
    'never',
  ],
  { cwd: root, stdio: 'inherit' },
)
process.exit(status ?? 1)
