import type { FileHandle } from 'node:fs/promises'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Up to where the file is whole, and which record comes next. */
interface Ledger {
  readonly length: number
  /** Absent: none was ever written. */
  readonly cursor?: number
  /** The journal that the cursor counts in. */
  readonly epoch: string
}

/**
 * A file that only grows by whole appends. Beside it '<path>.ledger' names its length and the cursor that belongs to it;
 * it is replaced in one step after each append, so whatever a killed process left behind that length is cut off again,
 * and the records are written from the cursor on.
 */
export interface SinkFile {
  readonly cursor: number | undefined
  /** Something was wrong with what was found, in one sentence for the log. */
  readonly warning: string | undefined
  /** Appends and remembers the cursor; both are on disk when it resolves. If it rejects, neither counts and it may be called again. */
  append(text: string, cursor: number | undefined): Promise<void>
  close(): Promise<void>
}

const NEWLINE = 10

/**
 * Opens the file, or makes it with its header. The cursor of another journal (`epoch`) is forgotten, as it counts other
 * records. Rejects with the system's error where the disk does not let it.
 */
export async function openSinkFile(path: string, header: string, epoch: string): Promise<SinkFile> {
  await mkdir(dirname(path), { recursive: true })
  const found = await readLedger(ledgerOf(path))
  const file = await openForUpdate(path)
  try {
    const { size } = await file.stat()
    const length = found === undefined ? await wholeLines(file, size) : Math.min(found.length, size)
    const warning =
      found !== undefined && size < found.length
        ? `${path} is ${found.length - size} bytes shorter than it was left: its earlier records are not written again.`
        : undefined
    const state: { length: number; cursor: number | undefined } = {
      length,
      cursor: found?.epoch === epoch ? found.cursor : undefined,
    }
    const remember = (length: number, cursor: number | undefined): Promise<void> =>
      writeLedger(path, { length, epoch, ...(cursor === undefined ? {} : { cursor }) })
    const append = async (text: string, cursor: number | undefined): Promise<void> => {
      if (text !== '') {
        const bytes = Buffer.from(text)
        await file.truncate(state.length)
        await writeAll(file, bytes, state.length)
        await file.sync()
        await remember(state.length + bytes.length, cursor)
        state.length += bytes.length
      } else if (cursor !== state.cursor) await remember(state.length, cursor)
      state.cursor = cursor
    }
    await file.truncate(length)
    // The ledger comes first, so that a header cut short by a kill is known as such.
    await remember(length, state.cursor)
    if (length === 0) await append(header, state.cursor)
    return {
      get cursor() {
        return state.cursor
      },
      warning,
      append,
      close: () => file.close(),
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

function ledgerOf(path: string): string {
  return `${path}.ledger`
}

async function openForUpdate(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r+')
  } catch (error) {
    if (!isMissing(error)) throw error
    return open(path, 'wx+')
  }
}

async function readLedger(path: string): Promise<Ledger | undefined> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
  const { length, cursor, epoch } = JSON.parse(text) as Partial<Ledger>
  if (!Number.isSafeInteger(length) || epoch === undefined)
    throw new Error(`${path} is damaged. Move it and its CSV file away and start again.`)
  return { length: length as number, epoch, ...(cursor === undefined ? {} : { cursor }) }
}

async function writeLedger(path: string, ledger: Ledger): Promise<void> {
  const unfinished = `${ledgerOf(path)}.part`
  const file = await open(unfinished, 'w')
  try {
    await file.writeFile(JSON.stringify(ledger))
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(unfinished, ledgerOf(path))
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length;)
    at += (await file.write(bytes, at, bytes.length - at, position + at)).bytesWritten
}

/** Length up to the last line ending: a file that came without a ledger is kept, but not half a line of it. */
async function wholeLines(file: FileHandle, size: number): Promise<number> {
  const tail = Buffer.alloc(Math.min(size, 64 * 1024))
  const { bytesRead } = await file.read(tail, 0, tail.length, size - tail.length)
  const newline = tail.subarray(0, bytesRead).lastIndexOf(NEWLINE)
  return newline < 0 ? 0 : size - tail.length + newline + 1
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
