/** The places of the fields that are read, by kind of record. https://apiportal.koreainvestment.com; recordings of 2023 to 2026 have them so. */

/** H0STCNT0, H0NXCNT0: an execution in Seoul. */
export const TRADE = {
  code: 0,
  time: 1,
  price: 2,
  changePercent: 5,
  open: 7,
  high: 8,
  low: 9,
  ask: 10,
  bid: 11,
  size: 12,
  volume: 13,
  value: 14,
  side: 21,
  date: 33,
  marketPhase: 34,
  halted: 35,
  fields: 46,
} as const

/** H0STASP0, H0NXASP0: an order book in Seoul, ten levels a side. Frames of 2023 have 59 fields, of 2026 62. */
export const BOOK = {
  code: 0,
  askPrices: 3,
  bidPrices: 13,
  askSizes: 23,
  bidSizes: 33,
  levels: 10,
  fields: 59,
} as const

/** HDFSCNT0: an execution abroad. The published list begins one field later than the frames. */
export const ABROAD = {
  symbol: 0,
  decimals: 2,
  koreanDate: 6,
  koreanTime: 7,
  open: 8,
  high: 9,
  low: 10,
  price: 11,
  changePercent: 14,
  bid: 15,
  ask: 16,
  size: 19,
  volume: 20,
  value: 21,
  fields: 26,
} as const
