import { expect, test } from 'vitest'
import { decodeLines } from './decode-lines.ts'
import { exchangeOf, exchanges } from './registry.ts'
import { fixtureLines } from './testing/frames.ts'
import { upbit } from './upbit/index.ts'

const [trade = ''] = fixtureLines('upbit', 'trade.jsonl').slice(1)

/** The record of that trade, as found on a line. */
function record(line: number): string {
  return `{"line":${line},"market":"KRW-BTC","at":1790000001002,"data":{"kind":"trade","id":"17900000010020000","price":"100001000","size":"1","side":"buy"}}`
}

async function collect(lines: readonly string[], all: boolean): Promise<readonly string[]> {
  const found: string[] = []
  for await (const line of decodeLines(upbit, lines, { all })) found.push(JSON.stringify(line))
  return found
}

test('each line gives its records with its number, a wrong one its error, and blank lines count', async () => {
  const lines = ['{"status":"UP"}', '', trade, '  ', '{"type":', `[${trade},${trade}]`]
  const error = '{"line":5,"error":"The JSON ends too early."}'
  expect(await collect(lines, false)).toEqual([record(3), error, record(6), record(6)])
  expect(await collect(lines, true)).toEqual([
    '{"line":1,"control":{"control":"pong"}}',
    record(3),
    error,
    record(6),
    record(6),
  ])
})

test('the registry finds an exchange by its id and no other', () => {
  expect(exchanges.every((exchange) => exchangeOf(exchange.id) === exchange)).toBe(true)
  expect(exchangeOf('constructor')).toBeUndefined()
  expect(exchangeOf('nowhere')).toBeUndefined()
})
