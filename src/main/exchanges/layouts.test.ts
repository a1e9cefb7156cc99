import { expect, test } from 'vitest'
import { LAYOUTS as BINANCE } from './binance/layouts.ts'
import type { Layout } from './layout.ts'
import { fixtureLines, hasSamples, sampleLines } from './testing/frames.ts'
import { LAYOUTS as UPBIT } from './upbit/layouts.ts'

/** Files of which each frame must be read in one pass: [layout, venue, own fixture, its lines, recording]. */
const READ_IN_ONE_PASS: readonly (readonly [Layout, string, string, number, string?])[] = [
  [UPBIT.trade, 'upbit', 'trade.jsonl', 2, 'trade.json'],
  [UPBIT.ticker, 'upbit', 'ticker.jsonl', 2, 'ticker.json'],
  [UPBIT.book, 'upbit', 'book.jsonl', 3, 'orderbook.jsonl'],
  [BINANCE.trade, 'binance', 'trade.jsonl', 2, 'trade.jsonl'],
  [BINANCE.ticker, 'binance', 'ticker.jsonl', 1],
  [BINANCE.partialBook, 'binance', 'book.jsonl', 2],
]

test('the frames that come often have a known layout', () => {
  for (const [layout, venue, file, lines] of READ_IN_ONE_PASS)
    expect(
      fixtureLines(venue, file)
        .slice(0, lines)
        .filter((frame) => layout(frame) === undefined),
    ).toEqual([])
})

test('recorded frames have the layouts that are known', () => {
  if (!hasSamples()) return
  for (const [layout, venue, , , recording] of READ_IN_ONE_PASS)
    if (recording !== undefined)
      expect(sampleLines(venue, recording).filter((frame) => layout(frame) === undefined)).toEqual([])
})
