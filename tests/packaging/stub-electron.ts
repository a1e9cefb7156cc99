/** A made-up Electron: what electron-builder needs to find in a distribution, and fuses to flip, with nothing that runs. */

import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type * as resedit from 'resedit'

type Resedit = typeof resedit

/** Of electron-builder's own: reads and writes the resources of Windows programs. */
export async function loadResedit(): Promise<Resedit> {
  const path = createRequire(createRequire(import.meta.url).resolve('app-builder-lib')).resolve('resedit')
  return (await import(pathToFileURL(path).href)) as Resedit
}

/** Marks the fuses in Electron's binary; then a byte of version, a byte of count, and a character each. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
/** As Electron ships: Node, its options and its inspector allowed, integrity not checked. */
const SHIPPED = '101100011'
const FUSES = Buffer.concat([Buffer.from(SENTINEL), Buffer.from([1, SHIPPED.length]), Buffer.from(SHIPPED)])

/** Writes the distribution for one system into an empty folder. */
export async function writeStubElectron(folder: string, platform: 'linux' | 'win32'): Promise<void> {
  mkdirSync(join(folder, 'locales'), { recursive: true })
  for (const name of ['version', 'LICENSE', 'LICENSES.chromium.html', 'locales/en-US.pak'])
    writeFileSync(join(folder, name), 'stub')
  const program = platform === 'linux' ? Buffer.from('#!/bin/false\n') : await windowsProgram()
  const file = join(folder, platform === 'linux' ? 'electron' : 'electron.exe')
  writeFileSync(file, Buffer.concat([program, FUSES, Buffer.alloc(64)]))
  chmodSync(file, 0o755)
}

/** The smallest program whose resources can be edited. */
async function windowsProgram(): Promise<Buffer> {
  const { NtExecutable, NtExecutableResource, Resource } = await loadResedit()
  const program = NtExecutable.createEmpty(false, false)
  const resources = NtExecutableResource.from(program)
  const version = Resource.VersionInfo.createEmpty()
  version.setStringValues({ lang: 1033, codepage: 1200 }, { ProductName: 'Electron' })
  version.outputToResourceEntries(resources.entries)
  resources.outputResource(program)
  return Buffer.from(program.generate())
}
