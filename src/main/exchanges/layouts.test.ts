import { expect, test } from 'vitest'
import { LAYOUTS as BINANCE } from './binance/layouts.ts'
import { LAYOUTS as BITHUMB } from './bithumb/layouts.ts'
import { LAYOUTS as BYBIT } from './bybit/layouts.ts'
import { LAYOUTS as COINONE } from './coinone/layouts.ts'
import { LAYOUTS as GATEIO } from './gateio/layouts.ts'
import { LAYOUTS as COINBASE_ADVANCED } from './coinbase/advanced/layouts.ts'
import { LAYOUTS as COINBASE } from './coinbase/layouts.ts'
import { LAYOUTS as KORBIT } from './korbit/layouts.ts'
import { LAYOUTS as KRAKEN } from './kraken/layouts.ts'
import type { Layout } from './layout.ts'
import { LAYOUTS as OKX } from './okx/layouts.ts'
import { fixtureLines, hasSamples, sampleLines } from './testing/frames.ts'
import { LAYOUTS as UPBIT } from './upbit/layouts.ts'

/** Files of which each frame must be read in one pass: [layout, venue, own fixture, its lines, recording]. */
const READ_IN_ONE_PASS: readonly (readonly [Layout, string, string, number, string?])[] = [
  [UPBIT.trade, 'upbit', 'trade.jsonl', 2, 'trade.json'],
  [UPBIT.ticker, 'upbit', 'ticker.jsonl', 2, 'ticker.json'],
  [UPBIT.book, 'upbit', 'book.jsonl', 3, 'orderbook.jsonl'],
  [BITHUMB.trade, 'bithumb', 'trade.jsonl', 2, 'trade.json'],
  [BITHUMB.ticker, 'bithumb', 'ticker.jsonl', 1, 'ticker.json'],
  [BITHUMB.book, 'bithumb', 'book.jsonl', 3, 'orderbook.jsonl'],
  [COINONE.trade, 'coinone', 'trade.jsonl', 2, 'trade.json'],
  [COINONE.ticker, 'coinone', 'ticker.jsonl', 2, 'ticker.json'],
  [COINONE.book, 'coinone', 'book.jsonl', 3, 'orderbook.jsonl'],
  [KORBIT.trade, 'korbit', 'trade.jsonl', 1],
  [KORBIT.trades, 'korbit', 'trade.jsonl', 2],
  [KORBIT.ticker, 'korbit', 'ticker.jsonl', 2, 'docs-ticker-update.json'],
  [KORBIT.book, 'korbit', 'book.jsonl', 1],
  [BINANCE.trade, 'binance', 'trade.jsonl', 2, 'trade.jsonl'],
  [BINANCE.ticker, 'binance', 'ticker.jsonl', 1],
  [BINANCE.partialBook, 'binance', 'book.jsonl', 2],
  [OKX.trade, 'okx', 'trade.jsonl', 3, 'trades.jsonl'],
  [OKX.ticker, 'okx', 'ticker.jsonl', 1, 'tickers.jsonl'],
  [OKX.book, 'okx', 'book.jsonl', 4, 'books.jsonl'],
  [BYBIT.trade, 'bybit', 'trade.jsonl', 2, 'publicTrade.json'],
  [BYBIT.ticker, 'bybit', 'ticker.jsonl', 1, 'tickers.json'],
  [BYBIT.book, 'bybit', 'book.jsonl', 4, 'orderbook.50.jsonl'],
  [GATEIO.trade, 'gateio', 'trade.jsonl', 1],
  [GATEIO.ticker, 'gateio', 'ticker.jsonl', 1, 'spot.tickers.json'],
  [GATEIO.bookWhole, 'gateio', 'book.jsonl', 1],
  [KRAKEN.trade, 'kraken', 'trade.jsonl', 1],
  [KRAKEN.trades, 'kraken', 'trade.jsonl', 3],
  [KRAKEN.ticker, 'kraken', 'ticker.jsonl', 1],
  [KRAKEN.bookUpdate, 'kraken', 'book.jsonl', 2],
  [COINBASE.match, 'coinbase', 'trade.jsonl', 2],
  [COINBASE.ticker, 'coinbase', 'ticker.jsonl', 1, 'ticker.json'],
  [COINBASE.bookUpdate, 'coinbase', 'book.jsonl', 1],
  [COINBASE_ADVANCED.trade, 'coinbase/advanced', 'trade.jsonl', 1],
  [COINBASE_ADVANCED.trades, 'coinbase/advanced', 'trade.jsonl', 2],
  [COINBASE_ADVANCED.bookUpdate, 'coinbase/advanced', 'book.jsonl', 1],
  [COINBASE_ADVANCED.ticker, 'coinbase/advanced', 'ticker.jsonl', 1],
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
