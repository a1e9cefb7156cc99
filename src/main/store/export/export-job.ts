import type { ExportFile, ExportPreview, ExportRequest } from '../../../shared/export-view.ts'
import type { Fault } from '../../../shared/faults.ts'

/** What an export says of where it comes from. */
export interface ExportOrigin {
  readonly version: string
  /** The data folder's uuid. */
  readonly collector: string
  readonly demo: boolean
}

/** What a thread is started with: one question, answered by messages. */
export interface ExportJob {
  readonly task: keyof ExportAnswers
  readonly request: ExportRequest
  readonly marketFile: string
  readonly origin: ExportOrigin
  /** Folder that gets the files. */
  readonly folder: string
  /** Name of the file, with its ending. A split or a sidecar takes its name from it. */
  readonly name: string
  /** One Int32: anything but 0 asks the thread to stop. Shared, because a writing thread reads no messages. */
  readonly cancel: SharedArrayBuffer
}

/** How far an export is. */
export interface ExportRows {
  readonly rows: number
  readonly totalRows: number
  /** Bytes on disk. */
  readonly bytes: number
}

export interface WrittenExport {
  readonly rows: number
  readonly bytes: number
  readonly files: readonly ExportFile[]
}

/** What each task answers. */
export interface ExportAnswers {
  readonly preview: ExportPreview
  readonly write: WrittenExport
}

export type ExportMessage =
  | { readonly type: 'progress'; readonly progress: ExportRows }
  | { readonly type: 'done'; readonly answer: ExportAnswers[keyof ExportAnswers] }
  | { readonly type: 'failed'; readonly fault: Fault }

/** Thrown where a stopped export notices it. */
export class Cancelled extends Error {
  constructor() {
    super('The export was cancelled.')
    this.name = 'Cancelled'
  }
}
