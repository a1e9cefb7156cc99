/** Packs the built app over a made-up Electron, and looks into what came out. */

import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { writeStubElectron } from './stub-electron.ts'

const root = resolve(import.meta.dirname, '../..')
const require = createRequire(import.meta.url)
const builder = createRequire(require.resolve('app-builder-lib'))

interface Asar {
  listPackage(archive: string): string[]
  statFile(archive: string, file: string): { readonly size?: number; readonly unpacked?: boolean }
  extractAll(archive: string, folder: string): void
  extractFile(archive: string, file: string): Buffer
}
const asar = builder('@electron/asar') as Asar
const { getCurrentFuseWire, FuseV1Options } = builder('@electron/fuses') as {
  getCurrentFuseWire(file: string): Promise<Readonly<Record<string, unknown>>>
  readonly FuseV1Options: Readonly<Record<string, string | number>>
}

export interface Packed {
  /** The program that a user starts. */
  readonly program: string
  readonly resources: string
  /** Paths inside the archive, of files alone. */
  readonly files: readonly string[]
  text(file: string): string
  /** SHA-256 of the archive's table of contents, which holds the hash of each file. */
  readonly headerHash: string
  /** Which fuses are on, by Electron's name. */
  fuses(): Promise<Readonly<Record<string, boolean>>>
  /** Everything as the app finds it, as plain files. */
  unpackTo(folder: string): void
}

const SYSTEMS = {
  linux: { args: ['--linux', 'dir', '--x64'], folder: 'linux-unpacked', program: 'tapedeck' },
  win32: { args: ['--win', 'dir', '--x64'], folder: 'win-unpacked', program: 'Tapedeck.exe' },
} as const

/** Runs `npm run package` for one system, as far as a folder. */
export async function pack(
  home: string,
  system: keyof typeof SYSTEMS,
  environment: Readonly<Record<string, string>> = {},
): Promise<Packed> {
  const { args, folder, program } = SYSTEMS[system]
  const [stub, output] = [join(home, `electron-${system}`), join(home, `dist-${system}`)]
  mkdirSync(stub)
  await writeStubElectron(stub, system)
  await promisify(execFile)(
    process.execPath,
    [
      join(root, 'scripts/package/index.ts'),
      ...args,
      `-c.electronDist=${stub}`,
      `-c.directories.output=${output}`,
      // A made-up Electron has no version of its own to read.
      '-c.compression=store',
    ],
    { cwd: root, env: { ...process.env, CSC_IDENTITY_AUTO_DISCOVERY: 'false', ...environment } },
  )
  const resources = join(output, folder, 'resources')
  const archive = join(resources, 'app.asar')
  const files = asar
    .listPackage(archive)
    .map((each) => each.replaceAll('\\', '/').slice(1))
    .filter((each) => asar.statFile(archive, each).size !== undefined)
  return {
    program: join(output, folder, program),
    resources,
    files,
    text: (file) => asar.extractFile(archive, file).toString('utf8'),
    headerHash: headerHash(readFileSync(archive)),
    async fuses() {
      const wire = await getCurrentFuseWire(join(output, folder, program))
      const named = Object.entries(FuseV1Options).filter(([, index]) => typeof index === 'number')
      return Object.fromEntries(named.map(([name, index]) => [name, wire[index] === '1'.charCodeAt(0)]))
    },
    unpackTo(target) {
      asar.extractAll(archive, target)
      const unpacked = `${archive}.unpacked`
      if (existsSync(unpacked)) cpSync(unpacked, target, { recursive: true })
    },
  }
}

/** The archive begins with the sizes of its header, in four numbers of four bytes; the text follows. */
function headerHash(archive: Buffer): string {
  const text = archive.subarray(16, 16 + archive.readUInt32LE(12))
  return createHash('sha256').update(text).digest('hex')
}
