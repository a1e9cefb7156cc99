import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const require = createRequire(import.meta.url)
const root = resolve(import.meta.dirname, '../..')

interface Builder {
  validateConfiguration(configuration: unknown, log: unknown): Promise<void>
}
const { validateConfiguration } = require('app-builder-lib/out/util/config/config.js') as Builder
const { DebugLogger } = require('builder-util') as { DebugLogger: new (isEnabled: boolean) => unknown }
const { load } = require('js-yaml') as { load(text: string): Record<string, unknown> }

const configuration = () => load(readFileSync(join(root, 'electron-builder.yml'), 'utf8'))

describe('electron-builder.yml', () => {
  it('is valid by electron-builder’s own schema', async () => {
    await expect(validateConfiguration(configuration(), new DebugLogger(false))).resolves.toBe(undefined)
  })

  it('would be refused with a misspelt option', async () => {
    const misspelt = { ...configuration(), nsis: { oneKlick: false } }
    await expect(validateConfiguration(misspelt, new DebugLogger(false))).rejects.toThrow(
      /Invalid configuration object/,
    )
  })

  it('packs one exact Electron, so that what was tested is what is packed', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>
    }
    expect(devDependencies['electron']).toMatch(/^\d+\.\d+\.\d+$/)
  })

  it('packs the entry that package.json names, and leaves the development Node out', () => {
    const { files } = configuration() as { files: string[] }
    const { main } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { main: string }
    expect(main).toBe('out/main/index.js')
    expect(files).toContain('out/main/**/*')
    expect(files).toContain('!**/node_modules/node-{linux,win,bin-darwin}-*/**')
  })
})
