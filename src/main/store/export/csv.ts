import type { ExportRequest } from '../../../shared/export-view.ts'
import { isDecimal } from '../../../shared/decimal.ts'
import type { Column, Layout } from './columns.ts'
import { S0_HEADER, SIMULATED, toHeadings } from './columns.ts'
import type { Market, Row } from './rows.ts'
import type { Zone } from './zones.ts'
import { createIso } from './zones.ts'

/** How rows become lines. */
export interface CsvStyle {
  readonly header: string
  /** A market's rows, each with its line ending. The returned function keeps the last date it wrote: use it in order of time. */
  lines(market: Market): (row: Row) => string
}

/** RFC 4180 ends lines with CRLF. S0's files are read by older scripts that split at LF, so those keep LF. */
const CRLF = '\r\n'
const LF = '\n'

const QUOTED = /[",\r\n]/
const FORMULA = /^[=+\-@\t\r]/

/** A cell of RFC 4180: quoted where it must be. */
export function csvCell(text: string): string {
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * Foreign text as a cell. What a spreadsheet would run as a formula gets an apostrophe in front, which spreadsheets show
 * as text; plain numbers, negative ones too, stay as they are.
 */
export function textCell(text: string): string {
  return csvCell(FORMULA.test(text) && !isDecimal(text) ? `'${text}` : text)
}

/**
 * An id for spreadsheets: the formula ="17883351803770004", the one spelling that Excel, LibreOffice and Google Sheets all
 * keep as text when they open a CSV. As a bare number its last digits would be rounded off after the fifteenth.
 */
export function spreadsheetId(id: string): string {
  return csvCell(`="${id.replaceAll('"', '""')}"`)
}

/** The CSV of a request: Tapedeck's own columns, or S0's five. */
export function createCsv(layout: Layout, request: ExportRequest, zone: Zone, demo: boolean): CsvStyle {
  if (request.preset === 's0') return createS0Csv(layout, zone)
  const header = toHeadings(layout, zone, request.language, demo)
    .map((heading) => csvCell(heading.name))
    .join(',')
  return {
    header: header + CRLF,
    lines(market) {
      const when = createInstant(zone, layout.fraction)
      const cells = `,${csvCell(market.venue)},${textCell(market.pair)}`
      const types = layout.rest.map((column) => column.type)
      const instants = types.map((type) => (type === 'instant' ? createInstant(zone, layout.fraction) : undefined))
      const end = (demo ? `,${SIMULATED}` : '') + CRLF
      return (row) => {
        let line = when(row[0] as number) + cells
        for (let i = 0; i < types.length; i += 1) {
          const value = row[i + 1]
          const instant = instants[i]
          if (instant) line += `,${instant(value as number | null)}`
          else if (value === null || value === undefined) line += ','
          else if (types[i] === 'id')
            line += `,${request.spreadsheet ? spreadsheetId(String(value)) : textCell(String(value))}`
          else if (types[i] === 'text') line += `,${textCell(String(value))}`
          else line += `,${value}`
        }
        return line + end
      }
    },
  }
}

function createInstant(zone: Zone, fraction: boolean): (at: number | null) => string {
  const style = { digits: fraction ? 3 : 0, suffix: true } as const
  const utc = createIso({ name: 'UTC', offset: () => 0 }, style)
  if (zone.name === 'UTC') return (at) => (at === null ? ',' : `${utc(at)},${at}`)
  const local = createIso(zone, style)
  return (at) => (at === null ? ',,' : `${local(at)},${utc(at)},${at}`)
}

function createS0Csv(layout: Layout, zone: Zone): CsvStyle {
  const place = (name: string): number => 1 + layout.rest.findIndex((column: Column) => column.name === name)
  const [average, volume, trades] = [place('avg_price'), place('volume'), place('trades')]
  return {
    header: S0_HEADER.join(',') + LF,
    lines(market) {
      const ticker = textCell(market.ticker)
      const iso = createIso(zone, { digits: 6, suffix: false })
      return (row) => `${ticker},${row[average]},${row[volume]},${row[trades]},${iso(row[0] as number)}${LF}`
    },
  }
}
