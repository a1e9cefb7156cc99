/** Places in the rankings that we make of Upbit's markets: written as an item, and read again to be told in the reader's language. */

/** What markets are ranked by: their rise today, or their turnover in 24 hours. */
export const TREND_LISTS = ['rise', 'turnover'] as const

export interface Trend {
  readonly list: (typeof TREND_LISTS)[number]
  readonly coin: string
  /** In percent with its sign, two digits: '+12.34', '−1.00'. */
  readonly change: string
  /** From 1. */
  readonly rank: number
}

/** The feed is Korean: so is the title that is stored, exported and searched. */
const NAMES: Readonly<Record<Trend['list'], string>> = { rise: '상승률', turnover: '거래대금' }

export function toTrendTitle({ list, coin, change, rank }: Trend): string {
  return `${coin}/KRW ${change} % · 업비트 원화 마켓 ${NAMES[list]} ${rank}위`
}

const TITLE = /(?<coin>\S+)\/KRW (?<change>[+−]\d+\.\d\d) % · 업비트 원화 마켓 (?<name>\S+) (?<rank>\d+)위$/

/** The place that a title tells; undefined where it is another title. */
export function readTrend(title: string): Trend | undefined {
  const { coin, change, name, rank } = TITLE.exec(title)?.groups ?? {}
  const list = TREND_LISTS.find((each) => NAMES[each] === name)
  if (list === undefined || coin === undefined || change === undefined) return undefined
  return { list, coin, change, rank: Number(rank) }
}
