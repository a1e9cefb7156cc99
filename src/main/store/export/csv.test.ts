import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvCell, spreadsheetId, textCell } from './csv.ts'

test('A-45 text that a spreadsheet would run is defused, and numbers stay as they are', () => {
  expect(
    ['=1+1', '+SUM(A1)', '-cmd', '@x', '\tx', '\rx', '-1.5', '-7', 'plain', '=HYPERLINK("a","b")'].map(textCell),
  ).toEqual([
    "'=1+1",
    "'+SUM(A1)",
    "'-cmd",
    "'@x",
    "'\tx",
    `"'\rx"`,
    '-1.5',
    '-7',
    'plain',
    `"'=HYPERLINK(""a"",""b"")"`,
  ])
})

test('an id for spreadsheets is a formula that gives its own text, whatever the venue put into it', () => {
  expect(['17883351803770004', 'a"b', '=1'].map(spreadsheetId)).toEqual([
    '"=""17883351803770004"""',
    '"=""a""""b"""',
    '"=""=1"""',
  ])
})

test('every text reads back from its cell', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\r', '\n', ' ', '가', '=') })
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 5 }), (cells) => {
      expect(parse(cells.map(csvCell).join(','))).toEqual(cells)
    }),
  )
})

/** One record by RFC 4180. */
function parse(line: string): string[] {
  const cells = `,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^",\r\n]*))/gy)
  return Array.from(cells, ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '')
}
