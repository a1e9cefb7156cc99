/** The stocks that the emulated markets trade: real names, round prices near those of late 2026. They trade around the clock, so that the demo is never asleep. */

import type { Asset } from './assets.ts'
import { KRW_PER_USD } from './won.ts'

type Row = readonly [symbol: string, ko: string, en: string, price: number, weight: number]

/** In won. */
const SEOUL: readonly Row[] = [
  ['005930', '삼성전자', 'Samsung Electronics', 272_000, 30],
  ['000660', 'SK하이닉스', 'SK hynix', 1_420_000, 24],
  ['005380', '현대차', 'Hyundai Motor', 318_000, 8],
  ['035420', 'NAVER', 'Naver', 231_500, 7],
  ['035720', '카카오', 'Kakao', 58_400, 7],
  ['068270', '셀트리온', 'Celltrion', 187_200, 5],
  ['247540', '에코프로비엠', 'EcoPro BM', 152_300, 5],
  ['196170', '알테오젠', 'Alteogen', 512_000, 5],
]

/** In dollars. */
const NEW_YORK: readonly Row[] = [
  ['AAPL', '애플', 'Apple', 273, 12],
  ['NVDA', '엔비디아', 'NVIDIA', 212.4, 20],
  ['TSLA', '테슬라', 'Tesla', 418.6, 16],
  ['MSFT', '마이크로소프트', 'Microsoft', 531.2, 9],
  ['^GSPC', 'S&P 500', 'S&P 500', 6_812, 2],
]

const toAsset = ([symbol, ko, en, price, weight]: Row, rate: number): Asset => ({
  symbol,
  ko,
  en,
  usd: price / rate,
  weight,
})

export const SEOUL_STOCKS: readonly Asset[] = SEOUL.map((row) => toAsset(row, KRW_PER_USD))
export const NEW_YORK_STOCKS: readonly Asset[] = NEW_YORK.map((row) => toAsset(row, 1))
