import { z } from 'zod'
import { DAY, MINUTE } from '../../../shared/market.ts'
import { toTrendTitle } from '../../../shared/upbit-trend.ts'
import type { ItemFeed, RawItem } from '../item-feed.ts'
import { readJson } from '../json.ts'

const ticker = z.looseObject({
  market: z.string().regex(/^KRW-[A-Z0-9]{1,20}$/),
  signed_change_rate: z.number(),
  acc_trade_price_24h: z.number(),
  timestamp: z.number(),
})
type Ticker = z.infer<typeof ticker>

/** What is told of a day's markets: the first few of each list, once a day each. */
const LISTS = [
  { list: 'rise', length: 5, by: (each: Ticker) => each.signed_change_rate },
  { list: 'turnover', length: 3, by: (each: Ticker) => each.acc_trade_price_24h },
] as const

/**
 * Upbit's trends: markets that rise most, and that are traded most. Made of the official ticker, because the interface
 * behind Upbit's own trends page asks robots to stay away. Its day begins at 00:00 UTC.
 */
export const upbitTrends: ItemFeed = {
  id: 'upbit_trends',
  docs: 'https://docs.upbit.com/kr/reference/list-tickers-by-quote',
  every: 10 * MINUTE,
  request: () => ({ url: 'https://api.upbit.com/v1/ticker/all?quote_currencies=KRW' }),
  decode(body) {
    const tickers = readJson(body, z.array(ticker))
    return {
      items: LISTS.flatMap(({ list, length, by }) =>
        tickers
          .toSorted((a, b) => by(b) - by(a))
          .slice(0, length)
          .map((each, index): RawItem => {
            const coin = each.market.slice('KRW-'.length)
            return {
              id: `${list} ${coin} ${new Date(Math.floor(each.timestamp / DAY) * DAY).toISOString().slice(0, 10)}`,
              title: toTrendTitle({ list, coin, change: percent(each.signed_change_rate), rank: index + 1 }),
              publishedAt: each.timestamp,
              language: 'ko',
              symbols: [coin],
            }
          }),
      ),
    }
  },
}

function percent(rate: number): string {
  return `${rate < 0 ? '−' : '+'}${Math.abs(rate * 100).toFixed(2)}`
}
