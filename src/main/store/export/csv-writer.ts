import { join } from 'node:path'
import type { CsvStyle } from './csv.ts'
import { numbered } from './file-name.ts'
import type { FinishedPart, PartFile } from './part-file.ts'
import { openPart } from './part-file.ts'
import type { Row } from './rows.ts'
import type { RowWriter } from './row-writer.ts'

/** Text is handed to the file in pieces of about this length. */
const CHUNK = 128 * 1024
/** What a spreadsheet's sheet holds, header included. */
export const SHEET_ROWS = 1_048_576

export interface CsvWriterOptions {
  readonly folder: string
  readonly name: string
  readonly style: CsvStyle
  readonly bom: boolean
  readonly gzip: boolean
  /** Most lines of one file, header included; what follows goes into another. */
  readonly fileRows: number
}

/** Writes CSV, in as many files as the row limit asks for. One file keeps the plain name, several are numbered. */
export function openCsvWriter(options: CsvWriterOptions): RowWriter {
  const head = (options.bom ? '\uFEFF' : '') + options.style.header
  const parts: PartFile[] = []
  const finished: FinishedPart[] = []
  let line: ((row: Row) => string) | undefined
  let text = ''
  let lines = 0

  const open = (): PartFile => {
    const number = parts.length + 1
    const name = number === 1 ? options.name : numbered(options.name, number)
    const part = openPart(join(options.folder, name), { gzip: options.gzip })
    parts.push(part)
    text = head
    lines = 1
    return part
  }
  let part = open()

  const flush = async (): Promise<void> => {
    const piece = text
    text = ''
    await part.write(piece)
  }
  return {
    get bytes() {
      return parts.reduce((sum, part) => sum + part.bytes, 0)
    },
    begin(market) {
      line = options.style.lines(market)
    },
    async write(rows) {
      if (!line) throw new Error('A market must begin before its rows.')
      for (const row of rows) {
        if (lines >= options.fileRows) {
          await flush()
          finished.push(await part.finish())
          part = open()
        }
        text += line(row)
        lines += 1
      }
      if (text.length >= CHUNK) await flush()
    },
    async finish() {
      await flush()
      finished.push(await part.finish())
      if (finished.length === 1) return finished.map((file) => ({ ...file, name: options.name }))
      return finished.map((file, index) => ({ ...file, name: numbered(options.name, index + 1) }))
    },
    abandon() {
      for (const part of parts) part.abandon()
    },
  }
}
