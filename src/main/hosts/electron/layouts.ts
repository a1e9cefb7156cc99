import { readFile, stat } from 'node:fs/promises'
import type { BrowserWindow, Dialog } from 'electron'
import { FaultError } from '../../../shared/faults.ts'
import type { Layout, Saved } from '../../../shared/shell-contract.ts'
import { LAYOUT_EXTENSION, layoutSchema } from '../../../shared/shell-contract.ts'
import { writeWhole } from '../../settings-file.ts'

/** A layout is some kilobytes; what is much bigger is none. */
const LARGEST = 256 * 1024

export interface LayoutParts {
  readonly dialog: Pick<Dialog, 'showSaveDialog' | 'showOpenDialog'>
  /** The file type's name, in the user's language. */
  readonly fileType: () => string
  readonly current: () => Promise<Layout>
  readonly apply: (layout: Layout) => Promise<void>
}

export interface Layouts {
  export(from: BrowserWindow): Promise<Saved>
  /** False where no file was chosen. */
  import(from: BrowserWindow): Promise<boolean>
  /** Rejects with 'bad-request' naming what is wrong with the file; nothing has changed then. */
  open(path: string): Promise<void>
}

/** Layouts as files, by the system's dialogs. */
export function createLayouts({ dialog, fileType, current, apply }: LayoutParts): Layouts {
  const filters = () => [{ name: fileType(), extensions: [LAYOUT_EXTENSION] }]
  const open = async (path: string) => apply(await readLayout(path))
  return {
    async export(from) {
      const layout = await current()
      const { canceled, filePath } = await dialog.showSaveDialog(from, {
        defaultPath: `tapedeck.${LAYOUT_EXTENSION}`,
        filters: filters(),
      })
      if (canceled || !filePath) return { saved: false }
      await writeWhole(filePath, `${JSON.stringify(layout, null, 2)}\n`)
      return { saved: true, path: filePath }
    },
    async import(from) {
      const { canceled, filePaths } = await dialog.showOpenDialog(from, {
        properties: ['openFile'],
        filters: filters(),
      })
      const path = filePaths[0]
      if (canceled || path === undefined) return false
      await open(path)
      return true
    },
    open,
  }
}

/** Reads and checks a layout file. */
export async function readLayout(path: string): Promise<Layout> {
  const refuse = (reason: string) => new FaultError('bad-request', `${path} is no layout of Tapedeck: ${reason}.`)
  if ((await stat(path)).size > LARGEST) throw refuse('it is too big')
  let value: unknown
  try {
    value = JSON.parse(await readFile(path, 'utf8'))
  } catch {
    throw refuse('it is not JSON')
  }
  const parsed = layoutSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw refuse(`${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'not valid'}`)
}
