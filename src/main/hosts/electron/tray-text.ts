import type { TickerRow } from '../../../shared/market-view.ts'
import type { Decimal, InstrumentKey } from '../../../shared/market.ts'

/** A market's price in one line: 'BTC/KRW 137,500,000 +1.25%'. `ticker` absent: nothing came yet. */
export function trayText(market: InstrumentKey, ticker: TickerRow | undefined, noData: string): string {
  const pair = market.slice(market.indexOf(':') + 1)
  if (!ticker) return `${pair} ${noData}`
  const change = dayChange(ticker)
  return `${pair} ${grouped(ticker.last)}${change === undefined ? '' : ` ${change}`}`
}

/** Thousands apart; the digits after the point as they are. */
function grouped(value: Decimal): string {
  const [whole = '', fraction] = value.split('.')
  const apart = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? apart : `${apart}.${fraction}`
}

/** The venue's own figure for the day; else against the price of a day ago, where it gives that. */
function dayChange({ last, open24h, change }: TickerRow): string | undefined {
  const share = change === undefined ? Number(last) / Number(open24h) - 1 : Number(change)
  if (!Number.isFinite(share)) return undefined
  const text = `${Math.abs(share * 100).toFixed(2)}%`
  return text === '0.00%' ? text : `${share < 0 ? '−' : '+'}${text}`
}
